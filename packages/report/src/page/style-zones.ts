/** The table of zones, what passes between them, and the chains of a pivot. */
export const zoneStyle = `
.zones{position:relative;overflow-x:auto;margin-top:1.75rem}
.zones table{width:auto;font-size:.85rem}
.zones thead th{height:8.5rem;vertical-align:bottom;padding:0 0 .4rem;font-weight:400;color:var(--soft)}
.zones thead th span:not(.sr){writing-mode:vertical-rl;transform:rotate(180deg);max-height:8rem;line-height:1.1;display:inline-block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.zones th[scope=row]{padding:.1rem 1rem .1rem 0;line-height:1.2;white-space:nowrap;position:sticky;left:0;background:var(--paper);z-index:1}
.zones .what{display:block;font-weight:400;font-size:.75rem;color:var(--soft)}
.zones td{padding:0;border:1px solid var(--paper)}
.z{text-align:center;font-weight:650;line-height:2.1rem;width:2.35rem;min-width:2.35rem;background:var(--sheet);color:var(--soft)}
.z>a{display:block;color:inherit;text-decoration:none}
.z>a:hover{outline:.12rem solid var(--ink);outline-offset:-.12rem}
.z.violating{background:var(--fails);color:var(--fails-ink)}
.z.blocked{background:var(--paper);color:var(--fails-text);box-shadow:inset 0 0 0 .14rem var(--fails-text)}
.z.unknown{background:repeating-linear-gradient(135deg,var(--unknown) 0 6px,var(--unknown-stripe) 6px 8px);color:var(--unknown-ink)}
.z.allowed{background:var(--holds);color:var(--holds-ink)}
.z.same{background:none}
.zlegend{margin-top:1rem}.zlegend .z,.pair summary .z{flex:none;width:1.5rem;min-width:1.5rem;line-height:1.5rem;font-size:.8rem}
.pairs{margin-top:2.25rem}.pairs h3{font-size:1.02rem;font-weight:640;padding-bottom:.5rem;border-bottom:1px solid var(--line)}
details.pairs>summary h3{display:inline-block;border:0}
.pair{border-bottom:1px solid var(--line)}
.pair>summary{display:flex;gap:.8rem;padding:.6rem 0;list-style:none;align-items:baseline}
.pair>summary::-webkit-details-marker{display:none}
.pair>summary:hover b{text-decoration:underline;text-decoration-thickness:.06em;text-underline-offset:.18em}
.pair b{font-weight:620}.pair .to{font-weight:400;color:var(--soft)}
.pair .line{color:var(--soft);font-size:.92rem}
.flows{padding:0 0 1.1rem 2.3rem}
.flow{margin-top:.7rem}.flow p{font-size:.95rem}
.under{font-weight:600;color:var(--fails-text)}
.hops{margin-top:.35rem;border-left:2px solid var(--line);padding-left:.9rem;font-size:.88rem}
.hops li{padding:.2rem 0}
.router{font-weight:600}
.packet{display:block}.rule{display:block;padding:.15rem .5rem;margin:.15rem 0;background:var(--sheet);border-left:.18rem solid var(--strong);white-space:pre-wrap}
.pivot{border-top:1px solid var(--line);padding:.7rem 0}
.pivot:first-of-type{margin-top:1.75rem}
.pivot>summary{list-style:none}.pivot>summary::-webkit-details-marker{display:none}
.pivot>summary .tags{display:inline-block;min-width:5.6rem;margin-right:.6rem}
.pivot>summary b{font-weight:640;font-size:1.05rem}
.chain{display:flex;flex-wrap:wrap;align-items:stretch;gap:.6rem 0;margin:1rem 0 .4rem}
.node{display:flex;flex-direction:column;justify-content:center;border:1px solid var(--strong);border-radius:.3rem;padding:.5rem .8rem;max-width:14rem;background:var(--paper);font-size:.9rem;line-height:1.3}
.node .device{font-weight:640}
.node:last-child{border:.14rem solid var(--fails-text)}
.arrow{display:flex;flex-direction:column;justify-content:center;gap:.25rem;flex:1 1 15rem;max-width:24rem;position:relative;padding:.35rem 1.6rem .35rem 1rem;font-size:.8rem;line-height:1.35}
.arrow::before{content:"";position:absolute;left:0;right:.35rem;bottom:.1rem;border-top:.14rem solid var(--ink)}
.arrow::after{content:"";position:absolute;right:.2rem;bottom:-.18rem;border:.34rem solid transparent;border-left:.5rem solid var(--ink);border-right:0}
.arrow.maybe::before{border-top-style:dashed}
.arrow .hop,.arrow .n{display:block}
.arrow .rule{font-size:.92em}
.closing{font-size:.92rem;margin-top:.9rem;max-width:60em;border-left:.2rem solid var(--accent);padding-left:.9rem}
.closing li{padding:.25rem 0}
.more{margin-top:.6rem}.more summary{color:var(--accent)}
.never-list{columns:18rem;font-size:.9rem;margin-top:.5rem}
.never-list li{padding:.1rem 0;break-inside:avoid}
@media screen and (max-width:46rem){
.zones thead th{height:6.5rem}.zones thead th span:not(.sr){max-height:6.2rem}
.zones th[scope=row]{white-space:normal;max-width:7.2rem;padding-right:.5rem}.zones .what{display:none}
.z{width:1.9rem;min-width:1.9rem;line-height:1.9rem}
.flows{padding-left:.6rem}
.chain{flex-direction:column;gap:0}
.node{max-width:none}
.pivot>summary .tags{min-width:0}
.arrow{max-width:none;flex:none;padding:.5rem 0 .9rem 1.6rem;margin-left:1rem}
.arrow::before{left:0;right:auto;top:0;bottom:.3rem;border-top:0;border-left:.14rem solid var(--ink)}
.arrow.maybe::before{border-left-style:dashed}
.arrow::after{left:-.27rem;right:auto;bottom:0;border:.34rem solid transparent;border-top:.5rem solid var(--ink);border-bottom:0}}
@media print{.pair,.pivot,.node,.arrow{break-inside:avoid}.zones{overflow:visible}.zones table{font-size:.7rem}.z{width:1.6rem;min-width:1.6rem;line-height:1.5rem}}
`;
