/** On paper: A4, ink on white, everything of the chosen scenario unfolded. */
export const printStyle = `
@page{size:A4;margin:16mm 14mm}
@media print{
:root{color-scheme:light;--paper:#fff;--sheet:#fff;--ink:#000;--soft:#3d3d3d;--line:#bbb;--strong:#777;--accent:#000;--holds:#e9efec;--holds-ink:#17372c;--fails:#7d1f19;--fails-ink:#fff;--fails-text:#7d1f19;--unknown:#fff;--unknown-stripe:#a9a08a;--unknown-ink:#000;--unknown-text:#4d3600;--less:#f4f1ee;--less-rule:#8d6a62;--less-ink:#000;--anyway:#fff;--anyway-edge:#888;--anyway-ink:#333}
html{font-size:10.2pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;padding:0}
.chooser,.contents,.skip,.filters,.all,.card,.more,.chooser+*>.tools button{display:none!important}
.split{display:block}
.js .place:not(.open) .c,.place .c{display:table-row}
.fold{padding-left:0}.fold::before{display:none}
.heat thead th,.about{position:static}
main>section{margin-top:14mm}
#findings,#unknown,#scope{break-before:auto}
h1{margin-top:8mm}
h2,h3,h4,.group,.site{break-after:avoid}
.p,.c,.story>li,.head,.witness,.doors tbody,.plan tr,.questions tr,.matrix tr,.about{break-inside:avoid}
.place,.because{break-inside:auto!important}
.why{font-size:8.4pt;line-height:1.35}
.kind{grid-template-columns:5.2cm minmax(0,1fr);gap:6mm;margin-top:8mm}
.body{padding-left:0}.controls dl{grid-template-columns:minmax(0,1fr);gap:0}.controls dd{margin-bottom:1mm}
.lede{font-size:15pt}.lede.second{font-size:11pt}
summary{list-style:none}
.because details>summary{color:inherit;font-weight:600}
#pane details::details-content,#unknown details::details-content,.rest::details-content,.controls::details-content{content-visibility:visible}
a{color:inherit;text-decoration:none}
}
`;
