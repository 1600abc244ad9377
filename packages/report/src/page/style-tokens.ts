/**
 * Colours and sizes. Each verdict has a lightness and a pattern of its own, so that it is told in grey and by everyone:
 * what holds is pale and plain, what fails dark and plain, what is unknown striped, a lost convenience ruled, what fails anyway outlined.
 */
export const tokenStyle = `
:root{color-scheme:light dark;
--paper:#fcfbf8;--sheet:#f4f2ec;--ink:#1c1e21;--soft:#565b61;--line:#dbd7cd;--strong:#8d897f;--accent:#0b5a75;--focus:#0b5a75;
--holds:#d3e5dc;--holds-ink:#20503f;--fails:#9c2a22;--fails-ink:#fff;--fails-text:#9c2a22;--unknown:#fae7b4;--unknown-stripe:#dfae4b;--unknown-ink:#3a2900;--unknown-text:#735000;
--less:#ece4dc;--less-rule:#a86f64;--less-ink:#4a2f28;--anyway:#f4f2ec;--anyway-edge:#9a8f8b;--anyway-ink:#55504d;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--paper:#15181b;--sheet:#1d2125;--ink:#e9e7e2;--soft:#a7adb3;--line:#333a40;--strong:#6b747c;--accent:#86cbe3;--focus:#86cbe3;
--holds:#24443a;--holds-ink:#b5dccb;--fails:#f1897d;--fails-ink:#2c0804;--fails-text:#f59a8f;--unknown:#4a3912;--unknown-stripe:#7a5f22;--unknown-ink:#fff0c9;--unknown-text:#e9bf62;
--less:#322d2b;--less-rule:#b98a7f;--less-ink:#ecd9d2;--anyway:#1d2125;--anyway-edge:#8a8481;--anyway-ink:#b9b3b0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.55 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
code{font:.86em/1.4 var(--mono);overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,dl,dd,table,fieldset{margin:0;padding:0}
ul,ol{list-style:none}
fieldset{border:0;min-width:0}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
:focus-visible{outline:.15rem solid var(--focus);outline-offset:.15rem;border-radius:.15rem}
h3[tabindex]:focus-visible{outline:0}
summary{cursor:pointer}
[hidden]{display:none!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.defs{position:absolute}
html:not(.js) .js-only{display:none}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.skip:focus{top:.5rem}
`;
