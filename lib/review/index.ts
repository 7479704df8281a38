export * from './model';
export { readPlan, type Plan } from './read/plan';
export { readProgram, type StackFiles } from '../terraform-json/read';
export { renderAnnotations } from './render/github';
export { renderJson } from './render/json';
export { MARKER, renderMarkdown } from './render/markdown';
export { renderTerminal } from './render/terminal';
export { review } from './review';
export { GATES, hasChanges, tripped, type Gate } from './verdict/gates';
