namespace Unroll.Deployment.Tests.Packages;

/// <summary>Tests over the consumers share their build.</summary>
[CollectionDefinition(Name)]
public sealed class ConsumerCollection : ICollectionFixture<ConsumerBuild>
{
    public const string Name = "Consumers";
}
