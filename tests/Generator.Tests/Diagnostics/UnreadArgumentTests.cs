using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Arguments of what a layer does not have are reported, each where it stands.</summary>
public class UnreadArgumentTests
{
    private const string Sequence = "4, 2";
    private const string Image = "4, 4, 2";

    /// <summary>Layers by their class: how each is written as far as its options, and what it reads.</summary>
    private static readonly Dictionary<Type, (string Layer, string Input)> s_layers = new()
    {
        [typeof(DenseAttribute)] = ("Dense(3, ", Sequence),
        [typeof(Conv1DAttribute)] = ("Conv1D(3, 2, ", Sequence),
        [typeof(Conv2DAttribute)] = ("Conv2D(3, 2, ", Image),
        [typeof(Conv1DTransposeAttribute)] = ("Conv1DTranspose(3, 2, ", Sequence),
        [typeof(Conv2DTransposeAttribute)] = ("Conv2DTranspose(3, 2, ", Image),
        [typeof(DepthwiseConv1DAttribute)] = ("DepthwiseConv1D(2, ", Sequence),
        [typeof(DepthwiseConv2DAttribute)] = ("DepthwiseConv2D(2, ", Image),
        [typeof(SeparableConv1DAttribute)] = ("SeparableConv1D(3, 2, ", Sequence),
        [typeof(SeparableConv2DAttribute)] = ("SeparableConv2D(3, 2, ", Image),
        [typeof(MultiHeadAttentionAttribute)] = ("MultiHeadAttention(1, 2, ", Sequence),
        [typeof(SimpleRNNAttribute)] = ("SimpleRNN(3, ", Sequence),
        [typeof(LSTMAttribute)] = ("LSTM(3, ", Sequence),
        [typeof(GRUAttribute)] = ("GRU(3, ", Sequence),
        [typeof(BatchNormalizationAttribute)] = ("BatchNormalization(", Sequence),
        [typeof(LayerNormalizationAttribute)] = ("LayerNormalization(", Sequence),
        [typeof(GroupNormalizationAttribute)] = ("GroupNormalization(1, ", Sequence),
    };

    /// <summary>Every layer of the runtime with an option without which it lacks a parameter, and what the parameter's settings have in their names.</summary>
    public static TheoryData<string, string, string> OptionalParameters => new(
        from type in typeof(LayerAttribute).Assembly.GetTypes()
        where type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract
        from row in new[] { (Option: "UseBias", Part: "Bias"), (Option: "Center", Part: "Beta"), (Option: "Scale", Part: "Gamma") }
        where type.GetProperty(row.Option) is { CanWrite: true }
        select (type.Name, row.Option, row.Part));

    [Theory]
    [MemberData(nameof(OptionalParameters))]
    public void SettingsOfAnAbsentParameter(string type, string option, string part)
    {
        (Type attribute, (string layer, string input)) = s_layers.Single(row => row.Key.Name == type);
        string[] settings = [.. attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => property.Name)
            .Where(name => name != option && name.Contains(part, StringComparison.Ordinal))];
        Assert.True(settings.Length >= 9, string.Join(", ", settings));

        string[] reported = Reported(input, $"{layer}{option} = false, {string.Join(", ", settings.Select(static name => $"{name} = default"))}, Name = \"it\")");
        Assert.Equal(
            settings.Select(name => $"UNR0036 at '{name} = default': {name} must be left out unless {option} is true, but {option} is false").Order(StringComparer.Ordinal),
            reported.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OptionalParameters))]
    public void SettingsOfAParameterThatIsThere(string type, string option, string part)
    {
        (string layer, string input) = s_layers.Single(row => row.Key.Name == type).Value;
        Assert.Empty(Reported(input, $"{layer}{option} = true, {part}L2 = 0.1f, {part}Initializer = Initializer.Constant, {part}InitializerValue = 0.5f)"));
        Assert.Empty(Reported(input, $"{layer}{part}L2 = 0.1f)"));
    }

    [Theory]
    [InlineData("RandomTranslation(0.1f, 0.1f, ", "Reflect")]
    [InlineData("RandomTranslation(0.1f, 0.1f, FillMode = FillMode.Nearest, ", "Nearest")]
    [InlineData("RandomRotation(0.1f, FillMode = FillMode.Wrap, ", "Wrap")]
    [InlineData("RandomZoom(0.1f, ", "Reflect")]
    public void FillValueThatFillsNothing(string layer, string mode) => Assert.Equal(
        [$"UNR0036 at 'FillValue = 1f': FillValue must be left out unless FillMode is Constant, but FillMode is {mode}"],
        Reported(Image, $"{layer}FillValue = 1f, Name = \"it\")"));

    /// <summary>Shared parameters are those of the use that has them: there it says whether they are trained.</summary>
    [Theory]
    [InlineData("Use", "false")]
    [InlineData("Use", "true")]
    public void TrainableOfSharedParameters(string use, string trainable) => Report.Is(
        "UNR0036",
        $"Layer again (input 2 × 3): Trainable must be left out unless Shared is null, but Shared is \"b\"",
        $"[Network(2, 3)] [Use<Body>(Name = \"b\")] [{use}<Body>(Shared = \"b\", ⟦Trainable = {trainable}⟧, Name = \"again\")] partial class Net;\n[Block] [Dense(3)] class Body;");

    [Fact]
    public void FillValueThatFills() => Assert.Empty(Reported(Image, "RandomZoom(0.1f, FillMode = FillMode.Constant, FillValue = 1f)"));

    /// <summary>Id, place and text of what is reported, without the name of the layer in front.</summary>
    private static string[] Reported(string input, string layer)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop($"[Network({input})] [{layer}] public sealed partial class Net;"));
        Assert.DoesNotContain(outcome.FromCompiler, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return [.. outcome.Reported.Select(diagnostic =>
        {
            string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
            Assert.StartsWith("Layer it (input ", message, StringComparison.Ordinal);
            string place = diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
            return $"{diagnostic.Id} at '{place}': {message[(message.IndexOf("): ", StringComparison.Ordinal) + 3)..]}";
        })];
    }
}
