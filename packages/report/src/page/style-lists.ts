/** The story, the doors, the guards, the findings, the questions. */
export const listStyle = `
.signs{margin:.2rem 0 .8rem}
.legend svg,.story svg{width:.9rem;height:.9rem;flex:none}
.story>li{display:grid;grid-template-columns:minmax(4.2rem,auto) minmax(0,1fr);gap:1rem;padding:.6rem 0;border-top:1px solid var(--line)}
.story>li:first-child{border-top:0}
.story time{font-weight:640}
.story ul li{display:grid;grid-template-columns:.9rem minmax(0,1fr);gap:.7rem;align-items:baseline;padding:.08rem 0}
.story svg{transform:translateY(.1rem)}
.story .fault svg,.signs .fault svg{color:var(--ink)}.story .fault{font-weight:640}
.story .cause svg,.signs .cause svg{color:var(--soft)}.story .cause{color:var(--soft)}
.story .effect svg,.signs .effect svg{color:var(--fails-text)}
.story .recovery svg,.signs .recovery svg{color:var(--holds-ink)}
.doors th,.doors td,.plan th,.plan td,.questions th,.questions td,.sites th,.sites td{padding:.42rem 1.25rem .42rem 0;vertical-align:top}
.doors thead th,.plan thead th,.questions thead th,.sites thead th{font-size:.8rem;font-weight:400;color:var(--soft);padding-bottom:.2rem}
.doors tbody,.plan tbody tr,.questions tbody tr,.sites tbody tr{border-top:1px solid var(--line)}
.doors tbody th{width:31%}.doors td:nth-last-child(2){width:7rem}
.doors span{color:var(--soft)}
.state{display:inline-block;font-weight:600}
.state.fails{color:var(--fails-text)}.state.unknown{color:var(--unknown-text)}.state.holds{color:var(--holds-ink)}
.state+span::before{content:"\\2014\\00a0" / ""}
.late{display:block;font-size:.8rem;color:var(--fails-text)}
.unmet{border-left:3px solid var(--fails-text);padding-left:1rem;margin-top:1.25rem}
.unmet li{padding:.15rem 0}
.sites{margin-top:2.5rem}.sites caption{text-align:left;font-weight:600;padding-bottom:.3rem}
.sites .fails{color:var(--fails-text)}.sites .unknown{color:var(--unknown-text)}.sites .holds{color:var(--holds-ink)}.sites .none{color:var(--soft)}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;align-items:baseline;margin-top:1.25rem;padding:.7rem 0;border-block:1px solid var(--line);font-size:.92rem}
.filters fieldset{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.filters legend{float:left;margin-right:1rem;color:var(--soft)}
.filters input{accent-color:var(--accent);width:1rem;height:1rem;vertical-align:-.15em}
.filters .shown{margin-left:auto;color:var(--soft)}
.kind{display:grid;grid-template-columns:minmax(14rem,20rem) minmax(0,1fr);gap:1.25rem clamp(1.5rem,3.5vw,3.5rem);margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);align-items:start}
.about{position:sticky;top:1rem;font-size:.92rem}
.about h3{font-size:1.12rem;line-height:1.3;font-weight:640;letter-spacing:-.005em}
.about .id{color:var(--soft);margin-top:.25rem}
.remedy{margin-top:.75rem}.never{margin-top:.5rem;color:var(--fails-text)}
.inputs{margin-top:1.25rem}.inputs>summary{color:var(--accent)}.inputs table{margin-top:.5rem;font-size:.86rem}.inputs th,.inputs td{padding:.3rem 1rem .3rem 0;vertical-align:top;border-top:1px solid var(--line)}.inputs thead th{border-top:0;font-weight:400;color:var(--soft)}.inputs th[scope=row]{font-weight:400}
.controls{margin-top:.75rem}.controls summary{color:var(--accent)}
.controls dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem 1rem;font-size:.84rem;margin-top:.4rem}
.controls dt{color:var(--soft)}
.finding{border-top:1px solid var(--line)}.list>.finding:first-child{border-top:0}
.alike{border-top:1px solid var(--line)}.list>.alike:first-child{border-top:0}
.alike .inside{margin-left:6.2rem;padding:0 0 .75rem;border-top:1px solid var(--line)}
.alike .inside>.finding:first-child{border-top:0}
.rest>summary{padding:.75rem 0;border-top:1px solid var(--line);color:var(--accent)}
.head{display:grid;grid-template-columns:5.2rem minmax(0,1fr);gap:1rem;padding:.65rem 0;align-items:baseline}
details>.head{list-style:none;position:relative}
details>.head .msg{padding-right:1.4rem}
details>.head::after{content:"";position:absolute;right:.2rem;top:1.15rem;width:.42rem;height:.42rem;border:solid var(--strong);border-width:0 .12rem .12rem 0;transform:rotate(45deg)}
details[open]>.head::after{transform:rotate(225deg);top:1.35rem}details>.head::-webkit-details-marker{display:none}
details>.head:hover .msg b,details>.head:hover .line:only-child{text-decoration:underline;text-decoration-thickness:.06em;text-underline-offset:.18em}
.tags{display:flex;flex-direction:column;gap:.25rem;align-items:flex-start}
.sev{font-size:.8rem;font-weight:600;padding-left:.5rem;border-left:.28rem solid var(--strong);line-height:1.3}
.sev.critical{border-color:var(--fails-text);color:var(--fails-text)}.sev.high{border-color:var(--fails-text);color:var(--ink)}.sev.medium{border-left-style:double}.sev.low{border-left-style:dotted;font-weight:400}
.msg b{font-weight:620;display:block}
.line{display:block;line-height:1.45}.msg b~.line{color:var(--soft)}
.body{padding:0 0 1.5rem 6.2rem}
.body h4{font-size:.9rem;margin:.9rem 0 .3rem}
.witness{table-layout:fixed}.witness thead th:first-child{width:38%}
.witness th[scope=row]{font-weight:400;font-size:.86rem;line-height:1.3;padding:.2rem .8rem .2rem 0}
.witness .where{display:block;color:var(--soft)}
.witness td{vertical-align:middle}.witness .bar{height:1.1rem}.witness .s{line-height:1.1rem;font-size:.68rem}
.facts{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1.5rem;font-size:.9rem;margin-top:.9rem}
.facts dt{color:var(--soft)}
.facts.wide{font-size:1rem;gap:.7rem 2.5rem;margin-top:1.5rem}
.questions{margin-top:1.25rem}
.questions th[scope=row]{font-weight:600;width:50%}.about-fact{display:block;font-weight:400;font-size:.9rem;color:var(--soft)}
.questions .num{padding-right:2.5rem}
.num{text-align:right!important}
.nobody{color:var(--soft)}
.at{font-size:.9rem;color:var(--soft)}
@media screen and (max-width:60rem){.alike .inside{margin-left:0}.kind{grid-template-columns:minmax(0,1fr)}.about{position:static}.body{padding-left:0}}
@media screen and (max-width:46rem){
.head{grid-template-columns:minmax(0,1fr);gap:.2rem}.tags{flex-direction:row}
.filters .shown{margin-left:0}
.story>li{grid-template-columns:minmax(0,1fr);gap:.2rem}
.doors,.doors tbody,.doors tr,.plan,.plan tbody,.plan tr,.questions,.questions tbody,.questions tr,.sites,.sites tbody,.sites tr{display:block}
.doors thead,.plan thead,.questions thead,.sites thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
.doors th,.doors td,.plan th,.plan td,.questions th,.questions td{display:block;width:auto!important;padding:.1rem 0}
.doors tr{display:grid;grid-template-columns:4rem minmax(0,1fr);column-gap:.75rem;padding-bottom:.2rem}.doors tbody th{grid-column:1/-1}
.doors tbody:first-of-type,.plan tbody tr:first-child,.questions tbody tr:first-child{border-top:0}.doors tbody,.plan tbody tr,.questions tbody tr{padding:.6rem 0}
.questions td.num{text-align:left!important}.questions td.num::before{content:attr(data-label) " ";color:var(--soft)}
.witness,.witness tbody,.witness thead{display:block}.witness tr{display:grid;grid-template-columns:minmax(0,1fr)}.witness thead th:first-child{position:absolute}
.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-bottom:.5rem}
.controls dl{grid-template-columns:minmax(0,1fr);gap:0}.controls dd{margin-bottom:.3rem}
.bases b{display:block}}
`;
