import fs from 'node:fs';
import fc from 'fast-check';
import { asMillis } from '@holdfast/kernel';
import { estateLines, loaded, randomFaults, simulateEstate } from './src/index.ts';
import { compile } from '../outage/src/compile/compile.ts';
import { OutageSolver } from '../outage/src/answer/solve.ts';
const minute = 60000, minutes = 50, start = Date.UTC(2026,10,23,8,0);
const only = process.argv[2]==='all' ? undefined : process.argv[2]?.split(',');
const runs = Number(process.argv[3] ?? 300), seed = Number(process.argv[4] ?? 1);
let count = 0, compared = new Map(), bad = new Map(), moved = 0;
function diff(lines, faults) {
  const estate = loaded(lines); const model = compile(estate);
  const comps = [...model.components.values()].filter(c=>c.kind!=='time').toSorted((a,b)=>a.key<b.key?-1:1);
  const st = faults.map(({component,from,long})=>{const c=comps[component%comps.length];return {c,strike:{target:c.key,from:from*minute,until:(from+long)*minute}}});
  const answer = new OutageSolver(model).solve({key:'x',name:'x',kind:'own',components:[],faults:st.map(({c,strike})=>({node:c.node,from:asMillis(strike.from),until:asMillis(strike.until)})),start,length:asMillis(1),horizon:asMillis(minutes*minute)});
  const oracle = simulateEstate(estate,{strikes:st.map(s=>s.strike),start,minutes});
  const out=[];
  for (const c of model.capabilities) {
    const e = oracle.get(c.place+' '+c.name); if(!e) continue;
    if (only && !only.includes(c.name)) continue;
    compared.set(c.name,(compared.get(c.name)??0)+1);
    const [before,...rest]=e;
    const steps = rest.flatMap((v,i)=>i===0||v!==rest[i-1]?[{at:i*minute,verdict:v}]:[]);
    if (steps.length>1) moved++;
    const t = answer.timeline(c);
    if (JSON.stringify({before,steps})!==JSON.stringify({before:t.before,steps:t.steps})) { out.push({c, want:[before,...steps.map(s=>s.at/minute+':'+s.verdict)].join(' '), got:[t.before,...t.steps.map(s=>s.at/minute+':'+s.verdict)].join(' ')}); bad.set(c.name,(bad.get(c.name)??0)+1);}
  }
  return {out, st};
}
const r = fc.check(fc.property(estateLines, randomFaults, (l,f)=>{ if (diff(l,f).out.length) throw new Error('differs'); }), {seed, numRuns: runs, interruptAfterTimeLimit: Number(process.env.LIMIT ?? 60000), ...(process.argv[5]?{endOnFailure:true}:{})});
console.log(r.interrupted?'INTERRUPTED':'', 'compared', Object.fromEntries(compared), 'bad', Object.fromEntries(bad), 'runs', r.numRuns, 'moved', moved);
if (r.failed && r.errorInstance && r.errorInstance.message!=='differs') console.log(r.errorInstance);
if (r.failed) {
  const [lines, faults] = r.counterexample;
  const d = diff(lines, faults);
  fs.writeFileSync('/tmp/fail.json', JSON.stringify({lines, st: d.st.map(x=>x.strike)}));
  for (const s of d.st) console.log('FAULT', s.strike.target, s.strike.from/minute, s.strike.until/minute);
  for (const {c,want,got} of d.out) console.log('DIFF', c.place, c.name, '\n   want', want, '\n   got ', got);
  const text=JSON.stringify(lines);
  for (const l of lines) { const d=l.data; if (['profile','area','party','path'].includes(l.kind) && !(l.id.startsWith('cameras/') && lines.some(x=>x.data.profile===l.id))) continue; if (['s1-dhcp','s1-dns','s1-dir','s2-dhcp','s2-dns','s2-dir'].includes(l.id) && text.split(l.id).length<3) continue; const {facts,roles,...rest}=d; console.log(l.kind, l.id, JSON.stringify(l.kind==='profile'?{...rest,facts:Object.entries(facts).map(([k,v])=>k+'='+JSON.stringify(v)).join(' ')}:d)); }
}
