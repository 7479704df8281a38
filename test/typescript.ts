// takes the place of the package of that name, which Jest would load anew for every test file
export = compiler.typescript;
