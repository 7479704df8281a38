/** The style of a page, which uses the colors of its drawings. */
export const PAGE_STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:1280px;padding:1rem 1.5rem 3rem;background:var(--ground);color:var(--text);font:15px/1.5 "Segoe UI",Helvetica,Arial,"Liberation Sans",sans-serif}
h1{font-size:1.35rem;line-height:1.35;margin:.2rem 0}
h2{font-size:1.15rem;margin:2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--border)}
code,.yaml td{font:12.5px/1.45 Consolas,Menlo,"Liberation Mono",monospace;overflow-wrap:anywhere}
a{color:var(--changed)}
header{border-left:6px solid var(--border);padding:.2rem 1rem}
header.danger{border-color:var(--replaced)}
header.attention{border-color:var(--removed)}
header.change{border-color:var(--changed)}
header.none{border-color:var(--added)}
.danger .word{color:var(--replaced)}
.quiet,td.none,footer,.cut{color:var(--quiet)}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.4rem}
[role=tablist]{display:flex;gap:.4rem;margin-bottom:.6rem}
button,select,input[type=search]{font:inherit;color:inherit;background:var(--box);border:1px solid var(--border);border-radius:6px;padding:.2rem .7rem}
select{max-width:16rem}
[role=tab][aria-selected=true]{border-color:var(--changed);color:var(--changed);font-weight:600}
.drawing{overflow:auto;max-height:85vh;border:1px solid var(--border);border-radius:8px}
.drawing .picture{display:block;margin:0 auto;max-width:100%;height:auto}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;position:sticky;top:0;background:var(--ground);padding:.5rem 0;z-index:1}
.change{border:1px solid var(--border);border-radius:8px;margin:.4rem 0;padding:.35rem .8rem;content-visibility:auto;contain-intrinsic-size:auto 38px;scroll-margin-top:4rem}
.change[hidden]{display:none}
.change summary{cursor:pointer}
.change:target{border-color:var(--changed);border-width:2px}
.change>ul{margin:.3rem 0;padding-left:1.3rem}
.sign{display:inline-block;min-width:1.1em;font-weight:700;text-align:center}
.added,.narrowed{color:var(--added)}.removed{color:var(--removed)}.changed{color:var(--changed)}.replaced,.widened{color:var(--replaced)}.unsure{color:var(--unsure)}
table b.added{color:var(--replaced)}
table b.removed{color:var(--quiet)}
table{border-collapse:collapse;width:100%;margin:.5rem 0;table-layout:fixed}
caption{text-align:left;color:var(--quiet)}
th,td{text-align:left;vertical-align:top;border:1px solid var(--border);padding:.25rem .5rem;font-weight:400}
thead th{background:var(--place);font-weight:600}
#access~table th:first-child,#reach~table th:first-child,th.narrow{width:6rem}
.remark{color:var(--replaced);font-size:.9em}
.old code,td.old{color:var(--removed)}.new code,td.new{color:var(--added)}
.old code::before,.yaml td.old::before{content:"− "}.new code::before,.yaml td.new::before{content:"+ "}
.yaml td{white-space:pre-wrap;border-top:0;border-bottom:0;padding:0 .5rem;min-height:1.45em}
footer{margin-top:2rem;font-size:.9em}
:focus-visible{outline:2px solid var(--changed);outline-offset:2px}
@media print{.filters,[role=tablist],.skip{display:none}.drawing{max-height:none;overflow:visible;border:0}.drawing .picture{min-width:0!important}.change{content-visibility:visible;break-inside:avoid}body{max-width:none;padding:0}}
@media(max-width:700px){body{padding:.5rem}}
`;
