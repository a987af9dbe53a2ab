using Unroll.Deployment.Tests.Harness;

[assembly: AssemblyFixture(typeof(PackageFeed))]

// Builds and measurements: one after the other, all cores for each.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
