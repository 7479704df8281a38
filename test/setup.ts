// cdktf records an unlimited stack trace for every token, and nothing here reads them: without, the tests take half the time.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({
  ...jest.requireActual<object>('cdktf/lib/tokens/private/stack-trace'),
  captureStackTrace: () => [],
}));
