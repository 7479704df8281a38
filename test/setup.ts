import { createRequire } from 'node:module';

const load = createRequire(__filename);

// cdktf records an unlimited stack trace for every token, and nothing here reads them: without, the tests take half the time
Object.assign(load('cdktf/lib/tokens/private/stack-trace') as object, { captureStackTrace: () => [] });

load('cdktf/lib/tokens/token');
const { TokenMap } = load('cdktf/lib/tokens/private/token-map') as { TokenMap: { instance(): Tokens } };

/** All tokens of a thread, which cdktf never forgets, and neither the stacks that they belong to. */
interface Tokens {
  readonly stringTokenMap: Map<string, unknown>;
  readonly numberTokenMap: Map<number, unknown>;
}

const tokens = TokenMap.instance();
let testPath: string | undefined;

// the tokens of one test file are none of the next: kept, they would fill the memory with stacks
TokenMap.instance = () => {
  const current = expect.getState().testPath;
  if (current !== testPath) {
    testPath = current;
    tokens.stringTokenMap.clear();
    tokens.numberTokenMap.clear();
  }
  return tokens;
};
