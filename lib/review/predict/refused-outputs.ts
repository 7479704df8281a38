import { own, sameJson, textAt } from '../../terraform-json/json';
import { markedIn } from '../compare/credentials';
import type { Trap } from '../model';
import { body, type Stack } from '../read/program';

/** The new and changed outputs that Terraform rejects because they hand out values that it knows to be sensitive. */
export function refusedOutputs(base: Stack, head: Stack): Trap[] {
  return Object.keys(head.outputs).flatMap((name) => {
    const isSame = sameJson(own(outputsOf(base), name), own(outputsOf(head), name));
    const isMarked = textAt(body(head.outputs, name), 'sensitive') === 'true';
    const secrets = isSame || isMarked ? [] : markedIn(name, head);
    if (secrets.length === 0) {
      return [];
    }
    return [
      {
        stack: head.name,
        address: `output.${name}`,
        name: `output ${name}`,
        attribute: 'value',
        text: `it hands out ${secrets.join(' and ')}, which is sensitive: Terraform rejects the plan`,
        remedies: [{ text: 'set sensitive to true, or hand out something else' }],
        source: 'https://developer.hashicorp.com/terraform/language/values/outputs#sensitive',
      },
    ];
  });
}

function outputsOf(stack: Stack): Stack['outputs'] {
  return stack.writtenOutputs ?? stack.outputs;
}
