/** Outage cards: sheets for the guard desk, in big type, each one page of A4. */
export const cardStyle = `
.cards{display:grid;gap:.5rem;margin-top:1.5rem}
.cards>h2,.cards>h3{font-size:1.12rem;font-weight:640;margin-top:1.5rem}
.cards>details{border-top:1px solid var(--line)}
.cards>details>summary{padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline}
.cards>details>summary .n{margin-left:auto}
.sheet{max-width:48rem;margin:.5rem 0 1.5rem;padding:clamp(1rem,3vw,2.2rem);border:1px solid var(--strong);background:var(--paper);font-size:1.02rem;line-height:1.4}
.sheet h3{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.12;letter-spacing:-.018em;font-weight:700;margin-top:.6rem;text-wrap:balance}
.sheet h4{font-size:1.02rem;font-weight:700;margin:0 0 .25rem;padding-top:.25rem;border-top:2px solid var(--ink)}
.sheet section{margin-top:.9rem}
.sheet .kicker{border-bottom:0;padding:0;font-weight:600;color:var(--ink);font-size:.95rem}
.sheet .also{font-size:.86rem;color:var(--soft);margin-top:.25rem}
.began{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .6rem;margin-top:.6rem;font-size:.86rem}
.began .blank{flex:none}
.blank{display:inline-block;min-width:5.5rem;height:1.2em;border-bottom:1px solid var(--ink);vertical-align:baseline}
.ticks li{display:grid;grid-template-columns:1.15rem auto minmax(0,1fr);gap:.75rem;padding:.3rem 0;border-top:1px solid var(--line);align-items:start}
.ticks li:first-child,.lost li:first-child{border-top:0}
.box{width:1.15rem;height:1.15rem;border:2px solid var(--ink);border-radius:.15rem;margin-top:.12rem}
.after .ticks li{grid-template-columns:1.15rem minmax(0,1fr)}
.sheet time{display:block;min-width:7.6rem;white-space:nowrap;font-weight:700;line-height:1.2;padding-top:.1rem}
.sheet time small{margin-left:.4rem}.sheet li>span>small{display:block}
.sheet small{font-size:.8rem;font-weight:400;color:var(--soft)}
.sheet .tel{font-weight:700;white-space:nowrap;font-size:1.08em}
.calls li{grid-template-columns:1.15rem minmax(0,1fr) auto!important}
.tel.none{font-weight:400!important;font-size:.8rem!important;color:var(--soft);white-space:normal!important;text-align:right}
.sheet table th,.sheet table td{padding:.25rem .75rem .25rem 0;vertical-align:top}
.sheet thead th{font-size:.8rem;font-weight:400;color:var(--soft)}
.sheet tbody{border-top:1px solid var(--line)}
.sheet tbody th{width:28%}.sheet td:nth-last-child(2){width:8.6rem}
.lost li{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.75rem;padding:.2rem 0;border-top:1px solid var(--line)}
.left-out{font-size:.86rem;color:var(--soft);padding-top:.2rem}
.sheet footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin-top:1rem;padding-top:.4rem;border-top:1px solid var(--line);font-size:.8rem;color:var(--soft)}
@media screen and (max-width:46rem){.sheet time{min-width:4rem;white-space:normal}.sheet time small{display:block;margin:0}.sheet table{table-layout:fixed}.sheet td:nth-last-child(2){width:4.6rem}}
@media screen and (max-width:30rem){.calls li{grid-template-columns:1.15rem minmax(0,1fr)!important}.calls .tel{grid-column:2;text-align:left}}
@media print{
.cards{display:block;margin:0}.cards>h2,.cards>h3,.cards>details>summary,#cards>h1,#cards>h2,#cards>.lead,#cards>.tools{display:none!important}
.cards>details{border:0}
.cards details::details-content{content-visibility:visible!important;display:block!important;height:auto}
.sheet{break-before:page;break-inside:avoid;max-width:none;margin:0;padding:0;border:0;font-size:11pt;line-height:1.28}
.sheet h3{font-size:23pt}
.sheet section{margin-top:2.6mm}.began{font-size:8.6pt;flex-wrap:nowrap;margin-top:1.5mm;white-space:nowrap}.began>span:last-child{white-space:normal}.began .blank{min-width:22mm;flex:none}.sheet footer{margin-top:2.5mm}.sheet h3{margin-top:1mm}
.ticks li{padding:.8mm 0}.calls li{padding:.4mm 0}.left-out{font-size:8.4pt;padding-top:.4mm}.sheet table th,.sheet table td{padding:.5mm 3mm .5mm 0}.lost li{padding:.5mm 0}.sheet .after{margin-top:3mm}
#cards{margin-top:0!important}
.cards-only main>:not(#cards){display:none!important}
.cards-only .cards>h2:first-child+.sheet{break-before:auto}
}
`;
