"""What people might type to run a script in somebody else's browser. Each calls `boom()` if it succeeds."""

from __future__ import annotations

TAGS = """
<script>boom()</script>
<ScRiPt>boom()</sCrIpT>
<script src=data:text/javascript,boom()></script>
<script/x>boom()</script>
<scr<script>ipt>boom()</scr</script>ipt>
<script\x0c>boom()</script>
</script><script>boom()</script>
<img src=x onerror=boom()>
<img src=x onerror="boom()">
<img src='x' onerror='boom()'>
<img/src=x/onerror=boom()>
<img src=x oNeRrOr=boom()>
<img src=x onerror=&#98;oom()>
<img src=x:x onerror\t=\tboom()>
<img srcset=x onerror=boom()>
<img src="x` `<script>boom()</script>"` `>
<image src=x onerror=boom()>
<svg onload=boom()>
<svg/onload=boom()>
<svg><script>boom()</script></svg>
<svg><script href=data:text/javascript,boom() />
<svg><animate onbegin=boom() attributeName=x dur=1s>
<svg><set onbegin=boom() attributeName=x>
<svg><a xlink:href=javascript:boom()><rect width=999 height=999></a></svg>
<svg><use href="data:image/svg+xml,<svg id=x><image href=x onerror=boom() /></svg>#x">
<svg><foreignObject><iframe srcdoc='<script>parent.boom()</script>'></foreignObject></svg>
<svg><style><img src=x onerror=boom()></style></svg>
<math><mtext><table><mglyph><style><img src=x onerror=boom()>
<math href=javascript:boom()>x</math>
<math><mi//xlink:href="data:x,<script>boom()</script>">
<iframe src=javascript:parent.boom()></iframe>
<iframe srcdoc="<script>parent.boom()</script>"></iframe>
<iframe onload=boom()></iframe>
<object data=javascript:boom()></object>
<object data="data:text/html,<script>parent.boom()</script>"></object>
<embed src=javascript:boom()>
<body onload=boom()>
<body onpageshow=boom()>
<details open ontoggle=boom()><summary>x</summary></details>
<video><source onerror=boom()></video>
<video src=x onerror=boom()>
<video poster=javascript:boom()>
<audio src=x onerror=boom()>
<input autofocus onfocus=boom()>
<select autofocus onfocus=boom()>
<textarea autofocus onfocus=boom()>
<button autofocus onfocus=boom()>x</button>
<a href=javascript:boom() autofocus onfocus=boom()>x</a>
<marquee onstart=boom()>x</marquee>
<div style="animation:x" onanimationstart=boom()>x</div>
<style>@keyframes x{}</style><b style=animation-name:x onanimationstart=boom()>x</b>
<style>@import 'data:text/css,*{color:red}';</style>
<link rel=stylesheet href=data:text/css,x onload=boom()>
<link rel=import href="data:text/html,<script>boom()</script>">
<meta http-equiv=refresh content="0;url=javascript:boom()">
<base href=javascript:boom()//>
<form action=javascript:boom()><button autofocus>x</button></form>
<form><button formaction=javascript:boom()>x</button></form>
<template><script>boom()</script></template>
<template shadowrootmode=open><img src=x onerror=boom()></template>
<noscript><p title="</noscript><img src=x onerror=boom()>">
<table background=javascript:boom()><tr><td>x</table>
<isindex action=javascript:boom() type=image>
<frameset onload=boom()>
<xmp><img src=x onerror=boom()></xmp>
<plaintext><img src=x onerror=boom()>
<title><img src=x onerror=boom()></title>
<textarea></textarea><img src=x onerror=boom()>
<!--><img src=x onerror=boom()>-->
<!--<img src="--><img src=x onerror=boom()>">
<![CDATA[<img src=x onerror=boom()>]]>
<?xml version="1.0"?><img src=x onerror=boom()>
<!doctype x [<!ENTITY x "<script>boom()</script>">]>&x;
<x onclick=boom() autofocus tabindex=1 onfocus=boom()>x</x>
<message-log data-room=1><img src=x onerror=boom()></message-log>
<message-composer onclick=boom()></message-composer>
<b hx-get=javascript:boom() hx-trigger=load>x</b>
<b hx-on:load=boom() hx-on::load=boom()>x</b>
<b hx-trigger="load[boom()]" hx-get="/">x</b>
<b data-command=delete onload=boom()>x</b>
""".strip().split("\n")

BREAKING_OUT = """
"><script>boom()</script>
'><script>boom()</script>
"><img src=x onerror=boom()>
'><img src=x onerror=boom()>
" onmouseover=boom() autofocus onfocus=boom() x="
' onmouseover=boom() autofocus onfocus=boom() x='
` onmouseover=boom() `
</textarea><script>boom()</script>
</title><script>boom()</script>
</template><script>boom()</script>
</li></ol><script>boom()</script>
--><script>boom()</script>
{{constructor.constructor('boom()')()}}
{% load i18n %}{{ request }}<script>boom()</script>
${boom()}
&lt;script&gt;boom()&lt;/script&gt;
&#60;script&#62;boom()&#60;/script&#62;
\u003cscript\u003eboom()\u003c/script\u003e
＜script＞boom()＜/script＞
\u202e<script>boom()</script>
<\u200bscript>boom()</script>
javascript:boom()
""".strip().split("\n")

MARKDOWN = """
[x](javascript:boom())
[x](JaVaScRiPt:boom())
[x](java&#115;cript:boom())
[x](java%73cript:boom())
[x](  javascript:boom())
[x](\u0001javascript:boom())
[x](data:text/html,<script>boom()</script>)
[x](data:text/html;base64,PHNjcmlwdD5ib29tKCk8L3NjcmlwdD4=)
[x](vbscript:boom())
[x](blob:boom)
[x](//javascript:boom())
[x]("onclick=boom()//)
[x](x"onclick="boom())
[x](x 'title" onmouseover="boom()')
[x](<javascript:boom()>)
[x][y]%[y]: javascript:boom()
![x](javascript:boom())
![x](x" onerror="boom())
![x"onerror="boom()](x)
![<img src=x onerror=boom()>](x)
<javascript:boom()>
<data:text/html,boom()>
https://a.example/"onmouseover="boom()
https://a.example/'><script>boom()</script>
https://a.example/?<svg/onload=boom()>
a@b.example"><script>boom()</script>
`<script>boom()</script>`
``<img src=x onerror=boom()>``
```%<script>boom()</script>%```
```html%<img src=x onerror=boom()>%```
```"><script>boom()</script>%x%```
```<img/src=x/onerror=boom()>%x%```
```python"onload="boom()%x%```
```php%<?php echo '<script>boom()</script>'; ?>%```
    <script>boom()</script>
> <script>boom()</script>
- <img src=x onerror=boom()>
# <svg onload=boom()>
|<img src=x onerror=boom()>|b|%|-|-|%|<svg/onload=boom()>|x|
**<script>boom()</script>**
~~<img src=x onerror=boom()>~~
*[x](javascript:boom())*
[**x**<img src=x onerror=boom()>](https://a.example/)
[<img src=x onerror=boom()>](https://a.example/)
@<script>boom()</script>
@李雷<img src=x onerror=boom()>
\\<script>boom()</script>
<a href="javascript:boom()">x</a>
<p>%%<script>boom()</script>%%</p>
1. x%%   <script>boom()</script>
""".strip("\n").split("\n")

# In Markdown, “%” stands for a line end.
MESSAGES = [*TAGS, *BREAKING_OUT, *(payload.replace("%", "\n") for payload in MARKDOWN)]
NAMES = [payload for payload in [*BREAKING_OUT, *TAGS] if len(payload) <= 60]
