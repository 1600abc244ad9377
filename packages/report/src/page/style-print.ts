/** On paper: A4, ink on white; what stands open on the screen, and all classes of area. */
export const printStyle = `
@page{size:A4;margin:15mm 14mm 14mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt var(--sans);color:#555}}
@media print{
:root{color-scheme:light;--paper:#fff;--sheet:#fff;--ink:#000;--soft:#3d3d3d;--line:#bbb;--strong:#777;--accent:#000;--holds:#e9efec;--holds-ink:#17372c;--fails:#7d1f19;--fails-ink:#fff;--fails-text:#7d1f19;--unknown:#fff;--unknown-stripe:#a9a08a;--unknown-ink:#000;--unknown-text:#4d3600;--less:#f4f1ee;--less-rule:#8d6a62;--less-ink:#000;--anyway:#fff;--anyway-edge:#888;--anyway-ink:#333}
html{font-size:10.2pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;padding:0}
.chooser,.contents,.skip,.filters,.all,.card,.more,.chooser+*>.tools button{display:none!important}
.split{display:block}
.fold{padding-left:0}.fold::before{display:none}
.heat thead th,.about{position:static}
main>section{margin-top:12mm}
main>section>h2{font-size:17pt}
#scenarios>h2,#stories>h2{margin-bottom:4mm}
#pane>h3,.brief-pane>h3{font-size:12.5pt}.brief-pane{margin-top:6mm;font-size:9.2pt;line-height:1.38}.sum{margin-top:1mm}.brief-pane .story>li{padding:1.2mm 0}.part{margin-top:7mm}
.asked th,.asked td{padding:.7mm 0;border-top:1px solid var(--line);font-weight:400;font-size:9pt}.asked thead th{border:0;color:var(--soft);font-size:8pt}
h2,h3,h4,.group,.site>summary{break-after:avoid}
.p,.c,.story ul li,.head,.brief-pane,.witness,.doors tbody,.plan tr,.questions tr,.matrix tr,.about,.row{break-inside:avoid}
.place,.because{break-inside:auto!important}
.why{font-size:8.4pt;line-height:1.35}
.kind{grid-template-columns:5.2cm minmax(0,1fr);gap:6mm;margin-top:8mm}
.head{grid-template-columns:18mm minmax(0,1fr);padding:1.4mm 0}
details>.head::after{display:none}
.body,.alike .inside{padding-left:0;margin-left:18mm}.controls dl{grid-template-columns:minmax(0,1fr);gap:0}.controls dd{margin-bottom:1mm}
summary{list-style:none}summary::-webkit-details-marker{display:none}
.cname{padding-left:0}.cname::before{display:none!important}
.block .heat th:first-child{padding-left:0}
.because details>summary{color:inherit;font-weight:600}
.block::details-content,.site::details-content,#unknown details::details-content,.controls::details-content,.inputs::details-content{content-visibility:visible}
.inputs .hash{font-size:6.6pt}
a{color:inherit;text-decoration:none}
}
`;
