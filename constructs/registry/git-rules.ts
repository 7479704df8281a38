import { type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';

export const gitRepository = pattern(
  /^https:\/\/((?<org>[^\s#?@:${}/]+)@(?=dev\.azure\.com\/\k<org>\/))?[^\s#?@${}/]+(\/[^\s#?@${}/]+)+(?<!\/\.git)$/,
  "must be the https address of a Git repository, with no branch, commit or credentials in it, no '/' at its end, and '%20' for a space",
  'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
  [
    'https://github.com/Azure-Samples/azure-voting-app-redis',
    'https://github.com/a/b.git',
    'https://dev.azure.com/contoso/Our%20Shop/_git/web',
    'https://contoso@dev.azure.com/contoso/shop/_git/web',
    'https://contoso.visualstudio.com/DefaultCollection/shop/_git/web',
    'https://git.contoso.com:8443/shop/web',
  ],
  [
    'git@github.com:a/b.git',
    'http://github.com/a/b',
    'https://github.com/a/b#main',
    'https://token@github.com/a/b',
    'https://token@dev.azure.com/contoso/shop/_git/web',
    'https://contoso:token@dev.azure.com/contoso/shop/_git/web',
    'https://dev.azure.com/contoso/Our Shop/_git/web',
    'https://github.com/a/b?token=x',
    'https://github.com/a/b/',
    'https://github.com/.git',
    'https://github.com',
    'https://github.com/${a}/b',
    '',
  ],
);

export const gitCommit: Rule<string> = {
  ...pattern(
    /^[0-9a-f]{7,40}$/,
    'must be the 7 to 40 hexadecimal digits of a commit',
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
    ['1705b17', '0'.repeat(40)],
    ['main', '1705b1', 'ABCDEF0', '0'.repeat(41)],
  ),
  hint: 'a branch or a tag of Git can move, and nothing here would notice',
};

export const gitFolder = pattern(
  /^(?!\/)(?!.*(^|\/)\.{0,2}(\/|$))[^\s#:${}]+$/,
  "must be a folder inside the repository, with no '/' at either end",
  'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview#context-locations',
  ['azure-vote', 'src/app', '.docker', 'a/.b', '..a'],
  ['/azure-vote', 'azure-vote/', '../other', 'a/../b', 'a b', './a', '', '.', '..', 'a//b', '${a}'],
);
