import {
  renderAnnotations,
  renderJson,
  renderMarkdown,
  renderSummary,
  renderTerminal,
  review,
} from '../../../../lib/review';
import { program, stack, VERSIONS } from '../fixtures';

const renderers = [
  renderSummary,
  renderMarkdown,
  renderJson,
  (found: ReturnType<typeof review>) => renderTerminal(found, false),
] as const;

test('no line of an output is a command to GitHub Actions or Azure Pipelines', () => {
  const [base, head] = ['1', '2'].map((end) =>
    program({
      azurerm_role_assignment: {
        it: {
          role_definition_name: `::stop-commands::${end}`,
          scope: '##[error]x',
          principal_id: '##VSO[task.complete]',
        },
      },
      x_y: { it: { [`::add-mask::a`]: `##vso[task.setvariable variable=a]${end}` } },
    }),
  );
  const found = review(base, head!);
  const lines = renderers.flatMap((render) => render(found).split('\n'));
  expect(lines.filter((line) => /^\s*::|##(vso)?\[/i.test(line))).toEqual([]);
  expect(JSON.parse(renderJson(found))).toEqual(found);
});

test('no version takes a terminal over', () => {
  const terraform = { required_providers: { ...VERSIONS, azurerm: { source: 'azurerm', version: '4.1\u001b[2J' } } };
  const [base, head] = ['a', 'b'].map((name) => program({ azurerm_resource_group: { it: { name } } }, { terraform }));
  const found = review(base, head!);
  const outputs = [...renderers.map((render) => render(found)), renderAnnotations(found)];
  expect(outputs.filter((text) => text.includes('\u001b'))).toEqual([]);
});

test.each(['\ufe0f', '\u034f', '\u2800', '\u{e0101}', '\u00a0', '\u3000', '\u202e'])(
  'what cannot be seen is shown: %j',
  (hidden) => {
    const [base, head] = ['b', `b${hidden}`].map((a) => program({ x_y: { it: { a } } }));
    const found = review(base, head!);
    const outputs = [renderMarkdown(found), renderTerminal(found, false)];
    expect(outputs.map((text) => [text.includes(hidden), text.includes('b\\u{')])).toEqual([
      [false, true],
      [false, true],
    ]);
  },
);

test('a comment names every stack that loses something, or counts what is lost in all', () => {
  const stacks = (version: string) =>
    Array.from({ length: 200 }, (_, i) => {
      const name = `${version}-name-that-needs-so-much-room-that-not-every-group-is-named`;
      const groups = Array.from({ length: 4 }, (_, j) => [`g-${i}-${j}`, { name }]);
      return stack({ resource: { azurerm_resource_group: Object.fromEntries(groups) } }, { name: `stack-${i}` });
    });
  const text = renderMarkdown(review(stacks('a'), stacks('b')));
  expect(text.length).toBeLessThan(60_000);
  const named = new Set(text.match(/replace in `stack-\d+`/g)).size;
  expect(named === 200 || text.includes('800 × replace')).toBe(true);
});

test('a comment is short also when what is not known is long once it is escaped', () => {
  const stacks = (name: string) =>
    Array.from({ length: 30 }, (_, i) => {
      const version = `4.${'\u0001'.repeat(900)}${i}`;
      return stack(
        {
          resource: { azurerm_resource_group: { it: { name } } },
          terraform: { required_providers: { azurerm: { source: 'azurerm', version } } },
        },
        { name: `stack-${i}` },
      );
    });
  expect(renderMarkdown(review(stacks('a'), stacks('b'))).length).toBeLessThan(60_000);
});
