/** The page for the board: one sheet on paper. */
export const boardStyle = `
.bad{color:var(--fails-text);font-weight:640}
.board h2{font-size:1.02rem;font-weight:640;margin-bottom:.5rem}
.sites-part{margin-top:2.5rem}.sites-part .sites{margin-top:0}
.more-sites>summary{color:var(--accent);padding:.5rem 0;border-top:1px solid var(--line)}
.board-foot{display:grid;grid-template-columns:minmax(0,1.75fr) minmax(0,1fr);gap:2rem clamp(2rem,5vw,4.5rem);margin-top:clamp(2.25rem,4vw,3.25rem)}
.first ol{counter-reset:step}
.first li{counter-increment:step;position:relative;padding:.5rem 0 .5rem 2.2rem;border-top:1px solid var(--line);line-height:1.4}
.first li::before{content:counter(step);position:absolute;left:0;top:.42rem;font-size:1.25rem;font-weight:680;line-height:1.35}
.first a{color:inherit;font-weight:600;text-decoration-color:var(--strong)}
.first a:hover{color:var(--accent)}
.mends{display:block;font-size:.9rem;color:var(--soft)}
.mends>b:not(.bad){color:var(--ink)}
.sure p{border-top:1px solid var(--line);padding:.5rem 0;margin:0;font-size:.95rem;line-height:1.45}
.sure .note{font-size:.875rem}
.imprint{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 2rem;margin-top:2rem;padding-top:.6rem;border-top:1px solid var(--ink);font-size:.84rem;color:var(--soft)}
@media screen and (max-width:46rem){.sites thead{width:1px}.sites th,.sites td{display:block;padding:.1rem 0}.sites td::before{content:attr(data-label) ": ";color:var(--soft)}.sites .num{text-align:left!important;white-space:normal}}
@media screen and (max-width:60rem){.board-foot{grid-template-columns:minmax(0,1fr)}}
@media print{
.board .matrix li>span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.board{break-after:page}
.board h1{font-size:23pt;margin-top:4mm}.board .address{margin-top:1mm;font-size:9pt}.board .kicker{padding-bottom:1.5mm}
.board .lede{font-size:13.5pt;margin-top:3mm;line-height:1.3;max-width:none}.board .lede.second{font-size:10.2pt;margin-top:2mm;max-width:none}
.board .answer{margin-top:4mm}.board .matrix th[scope=row]{width:24mm;font-size:10.5pt;padding:1.4mm 3mm 1.4mm 0;line-height:5.4mm}
.board .matrix td{padding:1.4mm 0}.board .matrix td.w{width:52%;padding-left:5mm;font-size:8.8pt;line-height:1.32}
.board .matrix .bar{height:5.4mm}.board .matrix .s{line-height:5.4mm;font-size:7.4pt}
.board .note{font-size:8.2pt;margin-top:.4mm}
.board .tools{padding-top:1.5mm}.board .legend{font-size:7.8pt}
.board .sites-part{margin-top:5mm}.board .more-sites{display:none}
.board .sites th,.board .sites td{padding:.8mm 3mm .8mm 0;font-size:8.8pt}
.board-foot{margin-top:4.5mm;gap:8mm;grid-template-columns:minmax(0,1.75fr) minmax(0,1fr)}
.first li{padding:.9mm 0 .9mm 7mm;font-size:8.8pt;line-height:1.3}.first li::before{font-size:13pt;top:1mm}
.mends{font-size:8.4pt}
.sure p{font-size:8.8pt;padding:1.3mm 0;line-height:1.35}
.board.several h1{font-size:19pt;margin-top:3mm}.board.several .lede{font-size:12pt;margin-top:2mm}.board.several .lede.second{font-size:9.4pt}.board.several .answer{margin-top:3.5mm}.board.several .matrix td,.board.several .matrix th[scope=row]{padding-block:.9mm}.board.several .sites-part{margin-top:3.5mm}.board.several .board-foot{margin-top:4mm}
.board h2{margin-bottom:1mm;font-size:10pt}.sites .num{white-space:nowrap}
.imprint{margin-top:4mm;padding-top:1.5mm;font-size:8pt}
}
`;
