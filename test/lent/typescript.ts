export = lend('typescript');
