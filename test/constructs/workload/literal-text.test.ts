import fc from 'fast-check';
import {
  DefaultTokenResolver,
  Fn,
  StringConcat,
  TerraformLocal,
  type TerraformStack,
  TerraformVariable,
  Tokenization,
} from 'cdktf';
import {
  ContainerImage,
  EnvValue,
  Exposure,
  Probe,
  Problems,
  VoteApp,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { argumentText, literalText } from '../../../constructs/core/values/literal-text';
import { manifestObjects } from '../../manifests';
import { evaluated, unquoted } from '../../terraform-template';
import { at, type Block, type Json, only, synth, testStack } from '../../util';

const VALUES = { 'var.text': '"${from} a \\variable', 'var.number': '42' };

/** The same as they would stand between quotes. */
const QUOTED_VALUES = { ...VALUES, 'var.text': VALUES['var.text'].replace(/["\\]/g, '\\$&') };

/** A text of the author: what is written, and what a container is to read. */
interface Written {
  readonly text: string;
  readonly meant: string;
}

interface Variables {
  readonly text: string;
  readonly number: number;
}

function variables(stack: TerraformStack): Variables {
  const text = new TerraformVariable(stack, 'text', { type: 'string' });
  const number = new TerraformVariable(stack, 'number', { type: 'number' });
  return { text: text.stringValue, number: number.numberValue };
}

/** What Terraform, cdktf, JSON and shells make something of. */
const LITERALS = [
  ...['$', '%', '{', '}', '${', '%{', '$${', '%%{', '$$', '${x}', '%{ if true }', '%{User-Agent}i', '${~', '#{', '&{'],
  ...[
    '"',
    '\\',
    '\\n',
    '\n',
    '\r\n',
    '\t',
    '\b',
    '\f',
    '\u0001',
    ' ',
    'a',
    '1e5',
    '-1.5e+3',
    'é',
    '€',
    '😀',
    '$(VAR)',
    "'",
  ],
];

const pieces = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...LITERALS) },
    { weight: 2, arbitrary: fc.constantFrom('<text>', '<number>') },
    { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
  ),
  { minLength: 1, maxLength: 12 },
);

function written(parts: readonly string[], { text, number }: Variables): Written {
  const with_ = (a: string, b: string): string =>
    parts.map((part) => (part === '<text>' ? a : part === '<number>' ? b : part)).join('');
  return { text: with_(text, String(number)), meant: with_(VALUES['var.text'], VALUES['var.number']) };
}

/** The only container of the Deployment of a workload. */
function container(json: Json, kind: 'container' | 'init_container' = 'container'): Block {
  const { spec } = only(json, 'kubernetes_deployment_v1') as { spec: { template: { spec: Record<string, Block[]> } } };
  return spec.template.spec[kind]![0]!;
}

function workload(stack: TerraformStack, props: Partial<WorkloadProps>): void {
  const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');
  new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
}

function vote(
  stack: TerraformStack,
  title: string,
  values: Partial<Record<'vote1Value' | 'vote2Value', string>>,
): void {
  const image = ContainerImage.fromReference('ghcr.io/contoso/vote:1');
  new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image, title, ...values } });
}

function variable(json: Json, prefix: string, name: string): unknown {
  const { spec } = at(json, 'kubernetes_deployment_v1', prefix) as {
    spec: { template: { spec: { container: { env: Block[] }[] } } };
  };
  return spec.template.spec.container[0]!.env.find((one) => one.name === name)?.value;
}

const init = (more: object): Partial<WorkloadProps> => ({
  initContainers: [{ name: 'init', image: ContainerImage.fromReference('busybox:1.37'), ...more }],
});

/** Every place that free text goes to: how it is given, and where it stands afterwards. */
const SINKS: readonly [string, (stack: TerraformStack, text: string) => void, (json: Json) => unknown, string?][] = [
  ...(['container', 'init_container'] as const).flatMap((kind) => {
    const props = (more: object): Partial<WorkloadProps> => (kind === 'container' ? more : init(more));
    const key = kind === 'container' ? 'A' : 'init.A';
    const sinks: (typeof SINKS)[number][] = [
      [
        `a literal of a ${kind}`,
        (stack, text) => workload(stack, props({ environment: { A: EnvValue.fromValue(text) } })),
        (json) => (container(json, kind).env as Block[])[0]!.value,
      ],
      [
        `a value of a ${kind} in a ConfigMap`,
        (stack, text) => workload(stack, props({ environment: { A: EnvValue.fromConfigValue(text) } })),
        (json) => (only(json, 'kubernetes_config_map_v1').data as Block)[key],
      ],
      [
        `a word of the command of a ${kind}`,
        (stack, text) => workload(stack, props({ command: ['sh', text] })),
        (json) => (container(json, kind).command as string[])[1],
      ],
    ];
    return sinks;
  }),
  [
    'a configuration file',
    (stack, text) => workload(stack, { configFiles: { '/etc/app.properties': text } }),
    (json) => (only(json, 'kubernetes_config_map_v1').data as Block)['etc__app.properties'],
  ],
  ...(['startup', 'readiness', 'liveness'] as const).map((name): (typeof SINKS)[number] => [
    `the command of a ${name} probe`,
    (stack, text) => workload(stack, { probes: { [name]: Probe.exec(['sh', text]) } }),
    (json) => (container(json)[`${name}_probe`] as { exec: { command: string[] } }).exec.command[1],
  ]),
  [
    'the path of a probe',
    (stack, text) => workload(stack, { probes: { readiness: Probe.http(text) } }),
    (json) => (container(json).readiness_probe as { http_get: Block }).http_get.path,
    '/',
  ],
  [
    'the service that a gRPC probe asks for',
    (stack, text) => workload(stack, { probes: { readiness: Probe.grpc({ service: text }) } }),
    (json) => (container(json).readiness_probe as { grpc: Block[] }).grpc[0]!.service,
  ],
  [
    'the path of the probe of a load balancer',
    (stack, text) => workload(stack, { exposure: Exposure.publicLoadBalancer({ healthProbe: { path: text } }) }),
    (json) =>
      (only(json, 'kubernetes_service_v1').metadata as { annotations: Block }).annotations[
        'service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path'
      ],
    '/',
  ],
  ['a title', (stack, text) => vote(stack, text, {}), (json) => variable(json, 'vote_front', 'TITLE')],
  ...(['vote1Value', 'vote2Value'] as const).map((name): (typeof SINKS)[number] => [
    `a ${name}`,
    (stack, text) => vote(stack, 'a', { [name]: text }),
    (json) => variable(json, 'vote_front', name.toUpperCase()),
  ]),
];

describe.each(SINKS)('%s', (_, give, find, prefix = '') => {
  test('arrives as it was written', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const stack = testStack();
        const { text, meant } = written([prefix, ...parts], variables(stack));
        give(stack, text);

        expect(evaluated(String(find(synth(stack))), VALUES)).toBe(meant);
      }),
      { numRuns: 10 },
    );
  });

  test('is no problem for the templates in it, and is shown in manifests as it was written', () => {
    const stack = testStack();
    give(stack, `${prefix}\${x}%{y}$$\${z}`);

    expect(Problems.of(stack)).toEqual([]);
    expect(JSON.stringify(manifestObjects(synth(stack)))).toContain(`${prefix}\${x}%{y}$$\${z}`);
  });
});

describe('a value in a Secret', () => {
  test('arrives as it was written around its references', () => {
    const stack = testStack();
    const { text } = variables(stack);
    workload(stack, { environment: { URL: EnvValue.fromSecretValue(`redis://\${u}:$${text}@%{h}`) } });

    const { URL } = only(synth(stack), 'kubernetes_secret_v1').data as Block;
    expect(evaluated(String(URL), VALUES)).toBe(`redis://\${u}:$${VALUES['var.text']}@%{h}`);
  });
});

describe('the checksum that replaces pods', () => {
  const checksum = (file: (given: Variables) => string): string => {
    const stack = testStack();
    workload(stack, { configFiles: { '/a': file(variables(stack)) } });
    const { spec } = only(synth(stack), 'kubernetes_deployment_v1') as {
      spec: { template: { metadata: { annotations: Record<string, string> } } };
    };
    return spec.template.metadata.annotations['checksum/config']!;
  };

  test('is of what is written, as Terraform reads it', () => {
    const sum = checksum(({ text, number }) => `\${a} "$${text}" %{b}\\n\n$${number}`);
    const argument = /^\$\{sha256\(jsonencode\(\{"a" = (.*)\}\)\)\}$/s.exec(sum)?.[1];

    expect(unquoted(String(argument), QUOTED_VALUES)).toBe(
      `\${a} "$${VALUES['var.text']}" %{b}\\n\n$${VALUES['var.number']}`,
    );
  });

  test.each([
    ['without references', (): string => '${a}', (): string => '${b}'],
    ['with some', ({ text }: Variables) => `\${a}${text}`, ({ text }: Variables) => `\${b}${text}`],
    ['with numbers', ({ number }: Variables) => `a${number}`, ({ number }: Variables) => `b${number}`],
  ])('changes with the text, %s', (_, one, other) => {
    expect(checksum(one)).not.toBe(checksum(other));
    expect(checksum(one)).toBe(checksum(one));
  });
});

test('any text arrives as it was written, as a value and as an argument of a function', () => {
  const stack = testStack();
  const given = variables(stack);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = (value: string): string =>
    String(Tokenization.resolve(value, { scope: stack, preparing: false, resolver }));
  fc.assert(
    fc.property(pieces, (parts) => {
      const { text, meant } = written([...parts, ' '], given);

      expect(evaluated(resolved(literalText(text)), VALUES)).toBe(meant);
      const argument = /^\$\{sha256\((.*)\)\}$/s.exec(resolved(Fn.sha256(argumentText(text))))?.[1];
      expect(unquoted(String(argument), QUOTED_VALUES)).toBe(meant);
    }),
    { numRuns: 1000 },
  );
});

test('a reference stays what it is, in a value and in a function', () => {
  const stack = testStack();
  const { text } = variables(stack);
  new TerraformLocal(stack, 'value', literalText(text));
  new TerraformLocal(stack, 'argument', Fn.sha256(argumentText(text)));

  expect((synth(stack) as { locals?: Block }).locals).toEqual({
    value: '${var.text}',
    argument: '${sha256(var.text)}',
  });
});
