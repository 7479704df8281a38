import { type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';

export const gitRepository = pattern(
  'git-repository',
  /^https:\/\/((?<org>[^\s#?@:${}/]+)@(?=dev\.azure\.com\/\k<org>\/))?[^\s#?@${}/]+(\/[^\s#?@${}/]+)+(?<!\/\.git)$/,
  "must be the https address of a Git repository, with no branch, commit or credentials in it, no '/' at its end, and '%20' for a space",
  'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
  'https://github.com/Azure-Samples/azure-voting-app-redis',
);

export const gitCommit: Rule<string> = {
  ...pattern(
    'git-commit',
    /^[0-9a-f]{7,40}$/,
    'must be the 7 to 40 hexadecimal digits of a commit',
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
    '1705b17',
  ),
  hint: 'a Git branch or tag can move without being noticed',
};

export const gitFolder = pattern(
  'git-folder',
  /^(?!\/)(?!.*(^|\/)\.{0,2}(\/|$))[^\s#:${}]+$/,
  "must be a folder inside the repository, with no '/' at either end",
  'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
  'azure-vote',
);
