export = lend('prettier');
