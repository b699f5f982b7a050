import { command } from "./commands";

command("print", () => window.print());
