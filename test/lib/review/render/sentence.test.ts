import fc from 'fast-check';
import { renderMarkdown, renderSummary, renderTerminal, review } from '../../../../lib/review';
import { shortenSentence } from '../../../../lib/review/render/words';
import { program } from '../fixtures';

test('a sentence with a long list keeps its start and its end', () => {
  const rights = Array.from({ length: 60 }, (_, i) => `Microsoft.Compute/virtualMachines/action${i}`);
  const permissions = (actions: string[]) => [{ actions, not_actions: [] }];
  const role = (actions: string[]) =>
    program({ azurerm_role_definition: { r: { name: 'operator', scope: '/s', permissions: permissions(actions) } } });
  const found = review(role(['a']), role(rights));
  for (const text of [renderTerminal(found, false), renderMarkdown(found), renderSummary(found)]) {
    const [headline = ''] = text
      .replaceAll('`', '')
      .split('\n')
      .filter((line) => line.includes('anyone with the role operator'));
    expect(headline).toContain('virtualMachines/action0');
    expect(headline).toContain(', …, Microsoft.Compute/virtualMachines/action59 on /s');
  }
});

test('no sentence is longer than allowed, and a short one stays as it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{0,40}$/), { maxLength: 40 }),
      fc.integer({ min: 20, max: 300 }),
      (items, longest) => {
        const sentence = items.join(', ');
        const shown = shortenSentence(sentence, longest);
        expect(shown.length).toBeLessThanOrEqual(longest);
        expect(sentence.length > longest || shown === sentence).toBe(true);
      },
    ),
  );
});

test('what is not known and not shown is counted', () => {
  const found = review([], program({ azurerm_public_ip: { ip: { name: 'ip' } } }));
  const unknown = Array.from({ length: 15 }, (_, i) => `Sentence ${i}.`);
  const text = renderMarkdown({ ...found, unknown });
  expect(text).toContain('Sentence 11');
  expect(text).not.toContain('Sentence 12');
  expect(text).toContain('and 3 more, which `review.json` has');
});
