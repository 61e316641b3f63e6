/** Both themes in one: each colour is written for light and dark, and the theme picks. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0e1116);
  --card: light-dark(#ffffff, #161b22);
  --line: light-dark(#d8dee4, #30363d);
  --text: light-dark(#1c2128, #e6edf3);
  --quiet: light-dark(#57606a, #9198a1);
  --accent: light-dark(#3538cd, #8da4ff);
  --ok: light-dark(#1a7f37, #3fb950);
  --ok-soft: light-dark(#dafbe1, #12261b);
  --fail: light-dark(#c11f2e, #ff7b72);
  --fail-soft: light-dark(#ffebe9, #351a1d);
  --open: light-dark(#8a5c00, #e3b341);
  --open-soft: light-dark(#fff4cc, #2e2611);
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
header { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding-top: 28px; }
h1 { font-size: 22px; margin: 0; letter-spacing: -0.01em; }
header p { margin: 2px 0 0; color: var(--quiet); }
h2 { font-size: 17px; margin: 36px 0 12px; }
h4 { font-size: 14px; margin: 0; font-weight: 600; }
p { margin: 6px 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
code, kbd { font: 12.5px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; background: var(--card); }
button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; }
button { cursor: pointer; }
#theme[aria-pressed="true"] { border-color: var(--accent); }
button:hover, select:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 24px; top: 8px; background: var(--card); padding: 6px 12px; border-radius: 8px; }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin-top: 22px; }
.tile { text-align: left; padding: 12px 16px; border-radius: 12px; color: var(--quiet); border-left-width: 4px; }
.tile b { display: block; font-size: 28px; line-height: 1.15; color: var(--text); font-variant-numeric: tabular-nums; }
.tile.blocked { border-left-color: var(--fail); }
.tile.unknown { border-left-color: var(--open); }
.tile.ready { border-left-color: var(--ok); }
.tile[aria-pressed="true"] { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.counts { grid-column: 1 / -1; margin: 0; color: var(--quiet); }
.toolbar { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; position: sticky; top: 0; z-index: 1; background: var(--page); padding: 8px 0; }
.toolbar label { display: grid; gap: 2px; color: var(--quiet); font-size: 13px; }
.toolbar label:first-child { flex: 1 1 260px; }
.toolbar input { width: 100%; }
.toolbar input, .toolbar select { color: var(--text); font-size: 15px; min-height: 36px; }
.toolbar output { color: var(--quiet); min-width: 110px; align-self: center; font-variant-numeric: tabular-nums; }
.toolbar output:empty { display: none; }
.list { list-style: none; margin: 6px 0 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: clip; }
/* No list item to the browser, which numbers all that follow anew for each one that is hidden: half a minute for 1,600 hosts. */
.item { display: block; scroll-margin-top: 70px; }
.many .item { content-visibility: auto; contain-intrinsic-size: auto 45px; }
.item + .item { border-top: 1px solid var(--line); }
.item > details > summary { display: flex; align-items: center; gap: 12px; padding: 10px 16px; cursor: pointer; list-style: none; }
.item > details > summary::-webkit-details-marker { display: none; }
.item > details > summary::before { content: ""; flex: none; width: 7px; height: 7px; border: solid var(--quiet); border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform 0.12s; }
.item > details[open] > summary::before { transform: rotate(45deg); }
.item > details > summary:hover { background: color-mix(in srgb, var(--accent) 6%, transparent); }
.item > details > summary:focus-visible { outline-offset: -3px; border-radius: 12px; }
.title { font-weight: 600; flex: 1 1 auto; min-width: 0; overflow-wrap: anywhere; }
.aside { color: var(--quiet); font-size: 13px; flex: 0 1 250px; text-align: right; }
.pill { flex: none; font-size: 12px; font-weight: 600; padding: 1px 9px; border-radius: 99px; min-width: 82px; text-align: center; }
.pill.ready { background: var(--ok-soft); color: var(--ok); }
.pill.blocked, .pill.error { background: var(--fail-soft); color: var(--fail); }
.pill.unknown, .pill.warning { background: var(--open-soft); color: var(--open); }
.pill.note { background: color-mix(in srgb, var(--accent) 12%, transparent); color: var(--accent); }
.dots { display: flex; gap: 4px; flex: none; }
.dots i { width: 18px; height: 6px; border-radius: 3px; background: var(--ok); opacity: 0.55; }
.dots .fail { background: var(--fail); opacity: 1; }
.dots .unknown { background: repeating-linear-gradient(90deg, var(--open) 0 4px, transparent 4px 7px); opacity: 1; }
.body { padding: 4px 20px 18px 35px; }
.meta { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--quiet); font-size: 13px; margin-top: 0; }
.path { overflow-x: auto; margin: 12px 0; border-radius: 10px; }
.path svg { display: block; min-width: 760px; width: 100%; height: auto; }
.path rect { fill: var(--ok-soft); stroke: var(--ok); stroke-width: 1.5; }
.path line { stroke: var(--ok); stroke-width: 2; }
.path text { fill: var(--text); font-size: 13px; font-weight: 600; text-anchor: middle; }
.path .caption { font-size: 12px; font-weight: 400; fill: var(--ok); }
.path .fail rect { fill: var(--fail-soft); stroke: var(--fail); stroke-width: 2; }
.path .fail line { stroke: var(--fail); stroke-dasharray: 3 3; }
.path .fail circle { fill: var(--fail); }
.path .fail path { stroke: var(--card); stroke-width: 2.2; stroke-linecap: round; fill: none; }
.path .fail .caption { fill: var(--fail); }
.path .unknown rect { fill: var(--open-soft); stroke: var(--open); stroke-dasharray: 5 4; }
.path .unknown line { stroke: var(--open); stroke-dasharray: 2 4; }
.path .unknown .caption { fill: var(--open); }
.path g:first-child rect { fill: var(--card); stroke: var(--quiet); }
.links { list-style: none; padding: 0; margin: 0; }
.links > li { padding: 4px 0 4px 14px; border-left: 3px solid var(--ok); margin: 10px 0; }
.links p { margin: 2px 0; }
.links > li.fail { border-color: var(--fail); }
.links > li.unknown { border-left-style: dashed; border-color: var(--open); }
.links summary { cursor: pointer; color: var(--quiet); font-size: 13px; width: fit-content; }
.word { font-weight: 500; color: var(--ok); }
.fail .word, .error .word { color: var(--fail); }
.unknown .word, .warning .word { color: var(--open); }
.note .word, .excused .word { color: var(--quiet); }
.steps { list-style: none; margin: 8px 0 0; padding: 0; }
.steps li { position: relative; padding: 0 0 8px 22px; overflow-wrap: anywhere; }
.steps li::before { content: ""; position: absolute; left: 3px; top: 7px; width: 9px; height: 9px; border-radius: 50%; background: var(--ok); }
.steps li:not(:last-child)::after { content: ""; position: absolute; left: 7px; top: 18px; bottom: -5px; border-left: 1.5px solid var(--line); }
.steps .broken { color: var(--fail); font-weight: 600; }
.steps .broken::before { background: var(--fail); }
.steps .unknown { color: var(--open); }
.steps .unknown::before { background: none; border: 2px dashed var(--open); }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--fail); border-radius: 8px; padding: 10px 14px; margin: 10px 0; }
.finding.warning { border-left-color: var(--open); }
.finding.note, .finding.excused { border-left-color: var(--line); }
.finding h4 code { color: var(--quiet); font-weight: 400; margin-left: 6px; }
.finding dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; margin: 8px 0 0; font-size: 13px; }
.finding dt { color: var(--quiet); }
.finding dd { margin: 0; min-width: 0; }
.names { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 14px; max-height: 240px; overflow-y: auto; }
.scroll { overflow-x: auto; }
.scroll { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 9px 16px; overflow-wrap: anywhere; }
td { border-top: 1px solid var(--line); }
th { color: var(--quiet); font-size: 13px; font-weight: 600; }
.problems { border: 1px solid var(--fail); border-radius: 12px; padding: 0 18px 8px; margin-top: 22px; background: var(--fail-soft); }
.problems h2 { margin-top: 12px; }
footer { color: var(--quiet); font-size: 13px; padding-top: 28px; padding-bottom: 40px; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 24px; }
@media (max-width: 720px) {
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .item > details > summary { flex-wrap: wrap; }
  .title { flex-basis: 60%; }
  .aside { flex-basis: 100%; text-align: left; padding-left: 19px; }
  .body { padding-left: 20px; }
  header, main, footer { padding-left: 16px; padding-right: 16px; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print { .toolbar, #theme, .skip { display: none; } .many .item { content-visibility: visible; } }
`;
