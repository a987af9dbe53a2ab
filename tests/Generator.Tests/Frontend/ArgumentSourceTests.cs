using System.Reflection;
using System.Text.RegularExpressions;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>A layer is the same whatever describes it: an attribute, or a table of values under Keras's names, as a configuration of Keras is.</summary>
public sealed partial class ArgumentSourceTests
{
    private static readonly IReadOnlyList<Layer> s_ofAttributes = [.. ParsedModel.LayersOf(ParsedModel.Faulty(
        $"[Network(4)] {string.Concat(LayerCatalog.All.Select(static kind => $"[{kind.Name}({string.Join(", ", Required(kind).Select(Text))})] "))} public partial class Net;"))];

    public static TheoryData<string> Kinds => [.. LayerCatalog.All.Where(static kind => kind.Keras.Length > 0).Select(static kind => kind.Name)];

    [Fact]
    public void EveryKindHasAnAttributeHere() => Assert.Equal(LayerCatalog.All.Count, s_ofAttributes.Count);

    /// <summary>What a table leaves out has the default that the attribute has.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ATableOfWhatMustBeGivenIsTheLayerOfAnAttribute(string name)
    {
        (LayerKind kind, Layer expected) = Find(name);

        Assert.Equal(expected, Read(kind, expected, Required(kind).ToDictionary(Key, static parameter => ValueOf(Sample(parameter)))));
    }

    /// <summary>
    /// A configuration lists all arguments, defaults included, and says of none that somebody gave it. What belongs to an initializer or to a
    /// constraint stands in the configuration of that.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ATableOfAllDefaultsIsTheLayerOfAnAttribute(string name)
    {
        (LayerKind kind, Layer expected) = Find(name);
        ConstructorInfo constructor = ConstructorOf(kind);
        var values = constructor.GetParameters().ToDictionary(
            Key, static parameter => ValueOf(parameter.HasDefaultValue ? parameter.DefaultValue : Sample(parameter)));
        object attribute = constructor.Invoke(
            [.. constructor.GetParameters().Select(static parameter => parameter.HasDefaultValue ? parameter.DefaultValue : Sample(parameter))]);
        foreach (PropertyInfo property in attribute.GetType().GetProperties().Where(static property => property.CanWrite && !OfAnother().IsMatch(property.Name)))
        {
            values[Key(property.Name)] = ValueOf(property.GetValue(attribute));
        }

        Assert.Equal(expected, Read(kind, expected, values));
    }

    [Fact]
    public void WhatATableGivesIsRead()
    {
        (LayerKind kind, Layer expected) = Find("Dense");
        var values = new Dictionary<string, object?>
        {
            ["units"] = 7,
            ["activation"] = (int)Model.Activation.Relu,
            ["use_bias"] = false,
            ["kernel_initializer"] = (int)Model.Initializer.HeNormal,
            ["kernel_l2"] = 0.5f,
        };

        var dense = (DenseLayer)Read(kind, expected, values);
        Assert.Equal((7, Model.Activation.Relu, false), (dense.Units, dense.Function, dense.UseBias));
        Assert.Equal((Model.Initializer.HeNormal, new Penalty(0f, 0.5f)), (dense.Kernel.Initializer.Kind, dense.Kernel.Penalty));
    }

    [Fact]
    public void WhatIsWrongWithATableIsReportedAtItsArgument()
    {
        var problems = new List<Problem>();
        _ = Find("Dense").Kind.Read(new LayerArguments(new Table(new Dictionary<string, object?> { ["units"] = -7 }), 3, "dense1", problems));

        Problem problem = Assert.Single(problems);
        Assert.Equal((DiagnosticDescriptors.UnitsOutOfRange, Place.Layer(3, "units")), (problem.Descriptor, problem.Place));
    }

    private static (LayerKind Kind, Layer Layer) Find(string name)
    {
        int index = LayerCatalog.All.ToList().FindIndex(kind => kind.Name == name);
        return (LayerCatalog.All[index], s_ofAttributes[index]);
    }

    private static Layer Read(LayerKind kind, Layer expected, IReadOnlyDictionary<string, object?> values)
    {
        var problems = new List<Problem>();
        Layer layer = kind.Read(new LayerArguments(new Table(values), expected.Position, expected.Name, problems));
        Assert.Empty(problems);
        return layer;
    }

    private static ConstructorInfo ConstructorOf(LayerKind kind) => typeof(LayerAttribute).Assembly.GetType(kind.AttributeName, throwOnError: true)!
        .GetConstructors()
        .MinBy(static constructor => constructor.GetParameters().Count(static parameter => !parameter.HasDefaultValue))!;

    private static IEnumerable<ParameterInfo> Required(LayerKind kind) =>
        ConstructorOf(kind).GetParameters().Where(static parameter => !parameter.HasDefaultValue);

    private static object Sample(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return type == typeof(int) ? 2
            : type == typeof(float) ? 0.25f
            : type == typeof(int[]) ? new[] { 1, 2 }
            : type == typeof(string[]) ? new[] { "input", "input" }
            : type.IsEnum ? Enum.GetValues(type).GetValue(1)!
            : throw new NotSupportedException($"no value for {parameter}");
    }

    private static string Text(ParameterInfo parameter) => Sample(parameter) switch
    {
        int number => $"{number}",
        float number => FormattableString.Invariant($"{number}f"),
        int[] numbers => string.Join(", ", numbers),
        string[] names => string.Join(", ", names.Select(static name => $"\"{name}\"")),
        object member => $"{member.GetType().Name}.{member}",
    };

    private static object? ValueOf(object? value) => value switch
    {
        Enum member => Convert.ToInt32(member, null),
        int[] numbers => numbers.ToEquatableArray(),
        float[] numbers => numbers.ToEquatableArray(),
        string[] names => names.ToEquatableArray(),
        _ => value,
    };

    private static string Key(ParameterInfo parameter) => Key(parameter.Name!);

    private static string Key(string argument) => WordEnd().Replace(argument, "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordEnd();

    [GeneratedRegex("(Initializer|Constraint).")]
    private static partial Regex OfAnother();

    private sealed class Table(IReadOnlyDictionary<string, object?> values) : IArgumentSource
    {
        public bool IsGiven(string name) => false;

        public object? Value(string name) => values.GetValueOrDefault(Key(name));
    }
}
