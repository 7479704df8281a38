import { Problems } from '../../../constructs';
import { ENUMS } from '../../../constructs/core/declared/declarations';
import { TerraformElement, type TerraformStack, Token } from 'cdktf';
import { type Json, resolved, synth, token } from '../../util';
import { calls, needed, type Place, places, put, sampleStack } from './samples';

/** What makes nothing by itself: what it is given shows where what it returns is used. */
const RETURNS = /^(\w+\.from\w+|EntraPrincipal\.\w+|AcrRegistry#(image|cached)\w*|Workload#allow\w+)$/;

/** Places whose value stands in no JSON, with the reason. */
const NOT_WRITTEN: Readonly<Record<string, string>> = {
  'NetworkProfile.custom props.dualStack.podCidr': 'the sample is no overlay, and has no pod range',
  'BlueGreenService#allowFrom port': 'the workload of the sample is not isolated',
  'ClusterIdentity.userAssigned options.propagationSeconds': 'the cluster of the sample needs no role to wait for',
  'Exposure.publicLoadBalancer options.dnsName.location': 'a part of the name that callers use, and of no annotation',
  'KubernetesVersion.of options.today': 'decides on warnings',
  'new KubernetesNamespace podSecurity.version': 'a version of no standard',
  'Probe.exec options.port': 'a command asks no port',
};

/** What a sample with nothing but the place itself lacks. */
const NEEDED_BESIDE =
  /'resources\.(cpu|memory)Request' must be given with 'autoscaling\.|'podSecurity' must specify at least one of|needs the tier Premium|must exist before the cluster for the reserved capacity|must be left out without an overlay|must be left out for an IPv4-only network/;

/** Places that are told from what is derived from them, and those that take no value at all. */
const DERIVED: Readonly<Record<string, RegExp>> = {
  'new KubernetesNamespace containerLimits.defaults.gpus': /must not be given, since every container would get them/,
  'new AcrImageBuild repository': /'taskName' must be given, .* which only Terraform knows$/,
};

const tokens: Readonly<Record<string, (variable: ReturnType<typeof token>) => unknown>> = {
  string: ({ stringValue }) => stringValue,
  secret: ({ stringValue }) => stringValue,
  number: ({ numberValue }) => numberValue,
  '[string]': ({ listValue }) => listValue,
  '{string}': (variable) => Token.asStringMap(variable.value),
};

function tokenFor({ type }: Place): (typeof tokens)[string] | undefined {
  return type in ENUMS ? tokens.string : tokens[type];
}

/** Whether the token is in the JSON. Most are in what was made last; the whole stack takes several times as long. */
function isWritten(stack: TerraformStack): boolean {
  const elements = stack.node.findAll().filter((one) => TerraformElement.isTerraformElement(one));
  return elements.reverse().some((one) => holdsToken(resolved(one))) || holdsToken(synth(stack));
}

function holdsToken(json: Json): boolean {
  return JSON.stringify(json).includes('var.token');
}

test.each(calls().map((call) => [call.name, call] as const))(
  '%s takes tokens, or says what must be known',
  (name, call) => {
    const wrong: string[] = [];
    for (const place of places(call.parameters)) {
      const make = tokenFor(place);
      if (make === undefined) {
        continue;
      }
      const stack = sampleStack();
      const value = make(token(stack));
      call.make(
        stack,
        put(needed(call, stack), place, () => value, stack as never),
      );
      const key = `${name} ${place.label}`;
      const expected = DERIVED[key] ?? /must be known when the program runs/;
      const problems = Problems.of(stack).filter((one) => !NEEDED_BESIDE.test(one));
      wrong.push(...problems.filter((one) => !expected.test(one)).map((one) => `${key}: ${one}`));
      const isExpected = problems.length === 0 && !RETURNS.test(name) && NOT_WRITTEN[key] === undefined;
      if (isExpected && !isWritten(stack)) {
        wrong.push(`${key} is lost`);
      }
    }
    expect(wrong).toEqual([]);
  },
);
