import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../lib/vote/settings';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { ARTICLE_COMMANDS } from '../../data/article-commands';
import { at, type Block, synth, testApp } from '../../util';

const ROOT = join(__dirname, '../../..');
const PAGE = readFileSync(join(ROOT, 'docs/article.md'), 'utf8');
const JSON_OF_MAIN = synth(new VoteStack(testApp(), 'vote', readSettings(ROOT, {}).settings));

describe('the page of the article', () => {
  const rows = [...PAGE.matchAll(/^\| (\d) +\|(.*)\|$/gm)].map(([, chapter, text]) => ({
    chapter: Number(chapter),
    text,
  }));

  test('follows its eight chapters in their order', () => {
    const chapters = rows.map(({ chapter }) => chapter);

    expect([...new Set(chapters)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chapters).toEqual([...chapters].sort());
  });

  test.each(ARTICLE_COMMANDS)('has in chapter %i the command %s', (chapter, command) => {
    const text = rows.filter((row) => row.chapter === chapter).map((row) => row.text);

    expect(text.join('\n')).toContain(`\`${command}\``);
  });

  test('names outputs that the stack has, and all of them', () => {
    const named = rows.flatMap(({ text }) =>
      [...text!.matchAll(/outputs? ((?:`[a-z-]+`(?:, | and )?)+)/g)].flatMap(([, list]) =>
        [...list!.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!),
      ),
    );

    expect([...new Set(named)].sort()).toEqual(Object.keys(JSON_OF_MAIN.output!).sort());
  });
});

test('the commands of the article that name objects find them in what main.ts makes', () => {
  const { metadata, spec } = at(JSON_OF_MAIN, 'kubernetes_deployment_v1', 'vote_front') as {
    metadata: { name: string };
    spec: { template: { spec: { container: [Block] } } };
  };
  const text = ARTICLE_COMMANDS.map(([, command]) => command).join('\n');
  const deployments = [...text.matchAll(/deployment[ /]([\w-]+)/g)].map(([, name]) => name);
  const [, container] = /([\w-]+)="\$acrName/.exec(text)!;

  expect([...new Set(deployments)]).toEqual([metadata.name]);
  expect(spec.template.spec.container[0].name).toBe(container);
});
