using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Caching;

/// <summary>An editor that has moved on stops the compiler at its next stage, and that is no failure.</summary>
public class CancellationTests
{
    private const string Source = "[Network(4)] [Dense(3, Activation.Relu)] [Dense(1)] public partial class Net;";

    [Fact]
    public void NoStageBeginsOnceTheEditorHasMovedOn()
    {
        NetworkModel model = ParsedModel.Of(Source);

        Assert.ThrowsAny<OperationCanceledException>(() => NetworkCompiler.Compile(model, SimdMachine.WidestFirst, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void TheTokenOfTheEditorReachesTheStages()
    {
        using var editor = new CancellationTokenSource();
        var stages = new List<string>();
        var generator = new NetworkGenerator((model, machines, token) =>
        {
            stages.Add(Stage.Run("first", token, static () => "first"));
            editor.Cancel();
            stages.Add(Stage.Run("second", token, static () => "second"));
            return NetworkCompiler.Compile(model, machines, token);
        });

        Assert.ThrowsAny<OperationCanceledException>(() => GeneratorHarness.Driver(generator)
            .RunGenerators(GeneratorHarness.Compilation(GeneratorHarness.InShop(Source)), editor.Token));
        Assert.Equal(["first"], stages);
    }
}
