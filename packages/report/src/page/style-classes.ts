/** Classes of area down, functions across: a step chart in each cell, its height the share of places that are worse. */
export const classStyle = `
.site{border-top:1px solid var(--ink);margin-top:1.1rem}
.site>summary{padding:.55rem 0;font-size:1.1rem}.site>summary .n{font-size:.86rem;margin-left:.6rem}
.classes{margin-top:.9rem}
.row{display:grid;grid-template-columns:minmax(9.5rem,1.15fr) repeat(var(--themes),minmax(0,1fr));gap:0 1rem;align-items:start}
.rowhead{font-size:.8rem;color:var(--soft);padding-bottom:.3rem;align-items:end}
.rowhead .axis{font-size:.68rem;height:1.15rem;overflow:hidden}
.block{border-top:1px solid var(--line)}
.block>summary{list-style:none;padding:.5rem 0}
.block>summary::-webkit-details-marker{display:none}
.block>summary:hover .cname{text-decoration:underline;text-decoration-thickness:.06em;text-underline-offset:.18em}
.cname{font-weight:640;padding-left:1.05rem;position:relative;line-height:1.3}
.cname::before{content:"";position:absolute;left:.1rem;top:.36em;border:.3rem solid transparent;border-left:.42rem solid var(--strong);border-right:0}
.block[open]>summary .cname::before{border:.3rem solid transparent;border-top:.42rem solid var(--strong);border-bottom:0;left:0;top:.46em}
.cell{display:block;min-width:0}
.cell .theme{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.step{display:block;position:relative;height:1.9rem;background:var(--holds);overflow:hidden}
.step::after{content:"";position:absolute;left:var(--end);top:0;bottom:0;border-left:1px dashed var(--ink)}
.step i{position:absolute;top:0;bottom:0;display:flex;flex-direction:column-reverse;min-width:2px}
.step b{display:block;min-height:3px;flex:none}
.step .fails{background:var(--fails)}
.step .unknown{background:repeating-linear-gradient(135deg,var(--unknown) 0 3px,var(--unknown-stripe) 3px 5px)}
.step .less{background:repeating-linear-gradient(90deg,var(--less-rule) 0 1px,var(--less) 1px 5px)}
.cw{display:block;font-size:.78rem;line-height:1.3;color:var(--soft);margin-top:.15rem}
.cw.bad{color:var(--ink)}
.block>.heat{margin:.1rem 0 1.4rem}
.block .heat th:first-child{padding-left:1.05rem}
@media screen and (max-width:46rem){
.rowhead{display:none}
.block>.row{grid-template-columns:minmax(0,1fr);gap:.4rem}
.cell{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:0 .6rem;align-items:center}
.cell.none{display:none}
.cell .theme{position:static;width:auto;height:auto;clip-path:none;overflow:visible;font-size:.82rem}
.cell .cw{grid-column:2}.step{height:1.2rem}
.block .heat th:first-child{padding-left:0}}
`;
