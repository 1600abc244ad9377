/** The frame of the page: the answer, the parts, the list of scenarios beside the one that is shown. */
export const layoutStyle = `
main{max-width:80rem;margin:0 auto;padding:clamp(1.25rem,4vw,4rem) clamp(1rem,4vw,3.5rem) 6rem}
.kicker{font-size:.875rem;color:var(--soft);display:flex;justify-content:space-between;gap:1rem;border-bottom:1px solid var(--ink);padding-bottom:.6rem}
h1{font-size:clamp(2.1rem,5.2vw,3.6rem);line-height:1.06;letter-spacing:-.025em;font-weight:680;margin-top:clamp(1.5rem,3vw,2.4rem);text-wrap:balance}
.address{color:var(--soft);margin-top:.5rem}
.lede{font-size:clamp(1.25rem,2.4vw,1.72rem);line-height:1.34;letter-spacing:-.008em;max-width:34em;margin-top:clamp(1.25rem,2.4vw,1.9rem);text-wrap:pretty}
.lede.second{font-size:clamp(1.02rem,1.5vw,1.16rem);line-height:1.5;letter-spacing:0;color:var(--soft);margin-top:1rem;max-width:44em}
.lede strong{font-weight:660}
strong.fails{color:var(--fails-text)}strong.unknown{color:var(--unknown-text)}
.lede.second strong{color:var(--fails-text)}
.answer{margin-top:clamp(2rem,3.6vw,2.8rem)}
.answer h2{font-size:1rem;font-weight:600;letter-spacing:0;margin:0 0 .75rem}
.contents{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;margin-top:clamp(2.5rem,5vw,4rem);padding:.75rem 0;border-block:1px solid var(--line)}
.contents a{padding:.25rem 0}
main>section{margin-top:clamp(3.5rem,8vw,6.5rem)}
main>section>h2{font-size:clamp(1.55rem,3vw,2.1rem);line-height:1.15;letter-spacing:-.018em;font-weight:670;padding-top:.9rem;border-top:1px solid var(--ink)}
.lead{font-size:1.08rem;color:var(--soft);max-width:44em;margin-top:.6rem}
.split{display:grid;grid-template-columns:minmax(14.5rem,17.5rem) minmax(0,1fr);gap:clamp(1.5rem,3.5vw,3.5rem);margin-top:1.75rem;align-items:start}
.chooser{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto;font-size:.9rem;line-height:1.35;padding-right:.4rem}
.chooser summary{display:flex;justify-content:space-between;font-weight:600;padding:.35rem 0 .5rem;border-bottom:1px solid var(--line);list-style:none}
.chooser summary::-webkit-details-marker{display:none}
.chooser .key{display:grid;grid-template-columns:minmax(0,1fr) 3.6rem;gap:.25rem;text-align:right;font-size:.75rem;color:var(--soft);margin-top:.4rem}
.chooser h3{font-size:.78rem;font-weight:600;color:var(--soft);margin:1rem 0 .2rem}
.chooser a{display:grid;grid-template-columns:minmax(0,1fr) 2rem 3.6rem;gap:.25rem;color:var(--ink);text-decoration:none;padding:.3rem .5rem;margin:0 -.5rem 0 0;border-left:3px solid transparent;border-radius:0 .15rem .15rem 0}
.chooser a:hover{background:var(--sheet)}
.chooser a[aria-current]{border-left-color:var(--accent);background:var(--sheet);font-weight:600}
.hits,.unk{text-align:right}.unk{color:var(--unknown-text)}
.more-kinds{margin-top:.75rem}.more-kinds>summary{border:0!important;color:var(--accent);font-weight:400!important;padding:.35rem .5rem!important;display:list-item!important;list-style:inside disclosure-closed!important}.more-kinds[open]>summary{list-style:inside disclosure-open!important}
.chooser .brief{display:grid;grid-template-columns:minmax(0,1fr) 2rem 3.6rem;gap:.25rem;padding:.2rem .5rem}
.n{color:var(--soft);font-weight:400}
#pane{min-width:0}
#pane>h3{font-size:clamp(1.35rem,2.4vw,1.8rem);line-height:1.2;letter-spacing:-.014em;font-weight:660}
.sum{margin-top:.5rem;color:var(--soft);max-width:46em}
.part{margin-top:2.5rem}
h4{font-size:1.02rem;font-weight:640}
.part>h4,.bar-head{padding-bottom:.5rem;margin-bottom:.6rem;border-bottom:1px solid var(--line)}
.bar-head{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
.note{font-size:.875rem;color:var(--soft);margin-top:.6rem}
.two{display:grid;grid-template-columns:1fr 1fr;gap:2rem 4rem;margin-top:2.5rem}
.two h3{font-size:1.02rem;font-weight:640;margin-bottom:.5rem}
.limits li,.bases li{padding:.4rem 0;border-top:1px solid var(--line)}
.bases b{display:inline-block;min-width:6.5rem}
.hash{font-size:.8rem}
@media screen and (max-width:60rem){
.split{grid-template-columns:minmax(0,1fr)}
.chooser{position:static;max-height:none;overflow:visible;border:1px solid var(--line);border-radius:.25rem;padding:.35rem .75rem}
.chooser details:not([open]) summary{border:0;padding-bottom:.35rem}
.chooser>details>summary::after{content:"▾" / "";margin-left:.75rem;color:var(--soft)}
.chooser summary .n{margin-left:auto}
.chooser a{padding:.5rem}
.two{grid-template-columns:minmax(0,1fr)}}
`;
