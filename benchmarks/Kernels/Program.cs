using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// Each benchmark process is built anew, the compiler of networks and its kernels included: two minutes, the default, can be short.
IConfig config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
