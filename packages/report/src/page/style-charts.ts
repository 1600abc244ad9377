/** Bars over time, and the tables that they stand in. */
export const chartStyle = `
.bar{position:relative;height:1.35rem;background:var(--holds);isolation:isolate}
.bar::after{content:"";position:absolute;left:var(--end);top:-.16rem;bottom:-.16rem;border-left:1px dashed var(--ink);pointer-events:none}
.s{position:absolute;top:0;bottom:0;min-width:2px;font:500 .72rem/1.35rem var(--sans);overflow:hidden;white-space:nowrap;text-overflow:clip;color:var(--holds-ink)}
.s:focus-visible{outline-offset:0;z-index:1}
.s.holds{background:var(--holds)}
.s.fails{background:var(--fails);color:var(--fails-ink)}
.s.mixed{background:linear-gradient(var(--fails) 0 62%,transparent 62%),repeating-linear-gradient(135deg,var(--unknown) 0 4px,var(--unknown-stripe) 4px 7px);color:var(--fails-ink)}
.mixed.s{line-height:.95rem!important}
.s.unknown{background:repeating-linear-gradient(135deg,var(--unknown) 0 4px,var(--unknown-stripe) 4px 7px);color:var(--unknown-ink)}
.s.less{background:repeating-linear-gradient(90deg,var(--less-rule) 0 1px,var(--less) 1px 6px);color:var(--less-ink)}
.s.anyway{background:var(--anyway);box-shadow:inset 0 0 0 1px var(--anyway-edge);color:var(--anyway-ink)}
.s span{display:inline-block;padding:0 .35rem}
.s.unknown span{background:var(--unknown)}.s.less span{background:var(--less)}
.axis{position:relative;height:1.35rem;font-size:.75rem;font-weight:400;color:var(--soft);white-space:nowrap}
.axis span{position:absolute;bottom:.1rem;padding-left:.25rem;border-left:1px solid var(--strong);line-height:1}
.tools{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1.5rem;align-items:center}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.8rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend .s{position:static;width:1.5rem;height:.85rem;padding:0;flex:none}
.legend .end{height:1rem;border-left:1px dashed var(--ink)}
.all{font:inherit;font-size:.85rem;color:var(--accent);background:none;border:1px solid var(--line);border-radius:.25rem;padding:.3rem .7rem;cursor:pointer}
.all:hover{border-color:var(--accent)}
.matrix th[scope=row]{width:10.5rem;font-size:1.12rem;padding:.6rem 1rem .6rem 0;vertical-align:top;line-height:1.75rem}
.matrix th .n{display:block;font-size:.8rem;line-height:1.2;white-space:nowrap}
.matrix td{padding:.6rem 0;vertical-align:top}
.matrix td.w{width:46%;padding-left:2rem;font-size:.95rem;line-height:1.45}
.matrix tbody tr{border-top:1px solid var(--line)}
.matrix .bar{height:1.75rem}.matrix .s{line-height:1.75rem;font-size:.8rem}
.matrix .note{margin-top:.15rem}
.matrix li{display:grid;grid-template-columns:minmax(2.7rem,max-content) minmax(0,1fr);column-gap:.7rem;padding-bottom:.15rem}
.matrix li.unknown,.matrix li.fails{color:inherit}
.matrix .good{color:var(--holds-ink);font-weight:600}
.answer .tools{border-top:1px solid var(--line);padding-top:.75rem}
.matrix thead th{padding:0}
time{font-variant-numeric:tabular-nums}
.q{font-weight:600;font-size:.8em;padding:0 .35rem;border-radius:.15rem;color:var(--unknown-ink);background:var(--unknown);border:1px solid var(--unknown-stripe)}
.heat{margin-top:.9rem;table-layout:fixed}
.heat thead th{position:sticky;top:0;background:var(--paper);z-index:2;font-size:.8rem;color:var(--soft);font-weight:400;padding-bottom:.15rem;vertical-align:bottom}
.heat th:first-child{width:31%}.heat thead th:last-child{width:27%;padding-left:1.1rem}
.heat .site th{font-size:1.1rem;padding-top:1.6rem}
.heat .group th{font-size:.85rem;color:var(--soft);font-weight:600;padding:1rem 0 .25rem;border-bottom:1px solid var(--line)}
.heat td,.heat th{vertical-align:top}
.heat .p th,.heat .p td{padding:.32rem 0}
.heat td.w{padding-left:1.1rem;font-size:.82rem;line-height:1.35;color:var(--soft)}
.fold{font:600 .95rem/1.35 var(--sans);color:inherit;background:none;border:0;padding:0 0 0 1.05rem;text-align:left;cursor:pointer;position:relative}
.fold::before{content:"";position:absolute;left:.1rem;top:.38em;border:.3rem solid transparent;border-left:.42rem solid var(--strong);border-right:0}
.fold[aria-expanded=true]::before{border:.3rem solid transparent;border-top:.42rem solid var(--strong);border-bottom:0;left:0;top:.46em}
.fold:hover bdi{text-decoration:underline;text-decoration-thickness:.06em;text-underline-offset:.18em}
.class{display:inline-block;font-size:.75rem;font-weight:400;color:var(--soft);margin-left:.5rem}
.heat .c th{font-weight:400;font-size:.86rem;padding:.13rem .6rem .13rem 1.05rem;line-height:1.3}
.heat .c td{padding-top:.13rem;padding-bottom:.13rem}
.heat .c .bar{height:1rem}.heat .c .s{line-height:1rem;font-size:.66rem}
.js .place:not(.open) .c{display:none}
span.fold{padding-left:0;cursor:auto}span.fold::before{display:none}
.place.open .p th,.place.open .p td{padding-top:.7rem}
.because td,.names td{padding:.3rem 0 .6rem 1.05rem!important;font-size:.86rem;color:var(--soft)}
.because details{margin-top:.2rem}
.because summary{color:var(--accent)}
.basis{margin:.35rem 0 .2rem}
.why{font-size:.86rem;line-height:1.45;color:var(--ink);border-left:2px solid var(--line);padding-left:.75rem;margin:.25rem 0 .5rem}
.why li{padding-left:calc(var(--depth,0)*1.1rem)}
.left td{font-size:.86rem;color:var(--soft);padding:.4rem 0}
.card{position:fixed;z-index:8;max-width:min(27rem,calc(100vw - 1rem));max-height:60vh;overflow:auto;background:var(--paper);color:var(--ink);border:1px solid var(--strong);border-radius:.25rem;padding:.7rem .9rem;font-size:.84rem;line-height:1.4;box-shadow:0 .4rem 1.4rem rgb(0 0 0/.16)}
.card>*{display:block}.card p{font-weight:600;color:var(--soft);margin:.1rem 0 .35rem}.card em{font-style:normal;color:var(--soft);margin-top:.35rem}.card span{padding-left:calc(var(--depth,0)*.9rem)}
@media screen and (max-width:60rem){
.matrix,.matrix tbody,.matrix thead{display:block}.matrix tr{display:grid;grid-template-columns:minmax(0,1fr)}
.matrix th[scope=row]{width:auto;padding:.9rem 0 .4rem}.matrix td{padding:0}.matrix td.w{width:auto;padding:.5rem 0 1rem}
.matrix thead th:not(:nth-child(2)){position:absolute}}
@media screen and (max-width:46rem){
.heat,.heat tbody,.heat thead{display:block}.heat tr{display:grid;grid-template-columns:minmax(0,1fr)}
.heat thead{position:sticky;top:0;z-index:2}.heat thead th{position:static}.heat thead th:first-child,.heat thead th:last-child{position:absolute;clip-path:inset(50%)}
.heat th:first-child{width:auto}
.heat .p{border-top:1px solid var(--line);padding:.45rem 0}.heat .group+.place .p{border:0}
.heat .p th,.heat .p td,.place.open .p th,.place.open .p td{padding:.12rem 0}
.heat td.w,.heat .c td.w{padding-left:0}
.heat .c th{padding-left:0;padding-top:.35rem}
.because td,.names td{padding-left:0!important}
.bar{height:1.5rem}.s{line-height:1.5rem}}
`;
