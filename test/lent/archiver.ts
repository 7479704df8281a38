const cdktf = lend.resolve('cdktf');

// the engine brings hundreds of modules to zip a folder
export = lend(lend.resolve('archiver', { paths: [cdktf] }));
