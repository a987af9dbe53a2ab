using System.Runtime.CompilerServices;

namespace VerifyTests.StandIn.Tests;

internal static class ModuleInitializer
{
    [ModuleInitializer]
    internal static void Initialize() => VerifySourceGenerators.Initialize();
}
