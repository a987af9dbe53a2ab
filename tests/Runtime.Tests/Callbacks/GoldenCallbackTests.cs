using System.Text.Json;

namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>The callbacks that watch a value, over random runs, against tests/golden/callbacks.py.</summary>
public sealed class GoldenCallbackTests : IDisposable
{
    private static readonly JsonElement s_cases = Golden.Read("callbacks.json");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void DoesWhatTheDefinitionDoes(int index)
    {
        JsonElement golden = s_cases[index];
        JsonElement options = golden.GetProperty("options");
        float[] values = golden.GetProperty("values").Floats();
        switch (golden.GetProperty("rule").GetString())
        {
            case "early_stopping":
                AssertStops(golden, options, values);
                break;
            case "reduce_on_plateau":
                AssertReduces(golden, options, values);
                break;
            default:
                AssertSaves(golden, options, values);
                break;
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertStops(JsonElement golden, JsonElement options, float[] values)
    {
        var fit = new FakeFit(new EarlyStopping(
            "val_loss",
            Number(options, "minDelta"),
            options.GetProperty("patience").GetInt32(),
            Mode(options),
            Optional(options, "baseline"),
            restoreBestWeights: true,
            options.GetProperty("startFromEpoch").GetInt32()));

        Assert.Equal(golden.GetProperty("epochs").GetInt32(), fit.Run("val_loss", values));
        Assert.Equal(golden.GetProperty("restored").GetInt32(), fit.Model.Weight);
    }

    private static void AssertReduces(JsonElement golden, JsonElement options, float[] values)
    {
        var callback = new ReduceLROnPlateau(
            "val_loss",
            Number(options, "factor"),
            options.GetProperty("patience").GetInt32(),
            Mode(options),
            Number(options, "minDelta"),
            options.GetProperty("cooldown").GetInt32(),
            Number(options, "minLearningRate"));
        var fit = new FakeFit(callback) { Optimizer = new FakeOptimizer(1f) };
        fit.Run("val_loss", values);

        Assert.Equal(golden.GetProperty("rates").Floats(), fit.History["learning_rate"]);
    }

    private void AssertSaves(JsonElement golden, JsonElement options, float[] values)
    {
        var saved = new List<int>();
        var callback = new ModelCheckpoint(
            _folder["{epoch}"], "val_loss", saveBestOnly: true, Mode(options), initialValueThreshold: Optional(options, "initialValueThreshold"))
        {
            Save = (_, path) => saved.Add(int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture)),
        };
        new FakeFit(callback).Run("val_loss", values);

        Assert.Equal(golden.GetProperty("saved").EnumerateArray().Select(static epoch => epoch.GetInt32()), saved);
    }

    private static MonitorMode Mode(JsonElement options) => Enum.Parse<MonitorMode>(options.GetProperty("mode").GetString()!);

    private static float Number(JsonElement options, string name) => (float)options.GetProperty(name).GetDouble();

    private static float? Optional(JsonElement options, string name) =>
        options.GetProperty(name).ValueKind == JsonValueKind.Null ? null : Number(options, name);
}
