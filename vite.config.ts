import { defineConfig } from "vite";

// django-vite reads the manifest and writes the script and style elements of a page.
export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  build: {
    manifest: true,
    outDir: "intranet/web/static/dist",
    emptyOutDir: false, // pages that are open still ask for the earlier files; tools/installation.py removes old ones
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["intranet/web/frontend/main.ts", "intranet/people/frontend/import_progress.ts"],
    },
  },
});
