using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>Attributes of every kind of layer the runtime has, with arguments drawn by type: usual ones, extreme ones, and such as do not compile.</summary>
internal static class RandomLayer
{
    private static readonly Gen<string> s_integers = Gen.Frequency(
        (60, Gen.Elements("1", "2", "3", "4", "8", "16", "17", "33")),
        (1, Gen.Elements("0", "-1", "-128", "65536", "30000", "int.MaxValue", "int.MinValue", "1 << 20", "\"x\"", "Missing", "2.5f", "")));

    private static readonly Gen<string> s_numbers = Gen.Frequency(
        (60, Gen.Elements("0f", "0.1f", "0.5f", "0.25f", "0.9f", "1e-3f", "1e-30f")),
        (1, Gen.Elements("1f", "2", "-0f", "-1f", "20", "float.NaN", "float.PositiveInfinity", "float.Epsilon", "float.MaxValue", "1e-45f", "0.1", "null", "Missing")));

    private static readonly Gen<string> s_texts = Gen.Frequency(
        (8, Gen.Choose(0, 1_000_000).Select(static number => "layer" + number.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        (4, Gen.Elements("dense1", "input", "loss", "class", "Dense1", "x", "X", "_", "__", "1", "größe", "层", "int", "Parameters", "Training", "Input")),
        (1, Gen.Elements("", " ", "a b", "a/b", "a\nb", "\u2028", "😀", "\0", "{0}", "*/", "\"", "\\", "é́")))
        .Select(static text => SymbolDisplay.FormatLiteral(text, quote: true));

    private static readonly Gen<string> s_inputs = Gen.Elements("\"\"", "\"input\"", "\"dense1\"", "\"dense2\"");

    private static readonly Type[] s_kinds =
        [.. typeof(LayerAttribute).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)];

    private static readonly Gen<string> s_half =
        from typed in Gen.Elements(
            "[", "]", "[]", "[Dense", "[Dense(", "[Dense(4,)]", "[System.Obsolete]", "[Missing]", "[Use<>]", "[Use<Net>]", "[Residual<int>]", "[Network(3)]", ",", "// ")
        from isTyped in Gen.Choose(0, 20)
        select isTyped == 0 ? typed : "[Dropout(0.5f)]";

    // Layers that most shapes do not fit come less often, so that stacks get some depth.
    private static readonly Gen<string> s_kind = Gen
        .Frequency(s_kinds.Select(static type => (IsParticular(type) ? 1 : 8, OfKind(type))))
        .Select(static text => $"[{text}]");

    /// <summary>Dense layers as often as all others, as in the networks of users.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (3, OfKind(typeof(DenseAttribute)).Select(static text => $"[{text}]")),
        (6, s_kind),
        (1, Gen.Constant("[Flatten]")),
        (1, s_half));

    /// <summary>Layers of images, and what stands between them.</summary>
    public static Gen<string> OfImages { get; } = Gen.Frequency(
        (12, Gen.OneOf(s_kinds.Where(IsOfImages).Select(OfKind)).Select(static text => $"[{text}]")),
        (3, Gen.Elements("[BatchNormalization]", "[Activate(Activation.Relu)]", "[Dense(4)]", "[LayerNormalization]")),
        (1, Any));

    /// <summary>Layers of sequences, most of which go along a stream.</summary>
    public static Gen<string> OfStreams { get; } = Gen.Frequency(
        (8, Gen.Elements(
            "[MaxPooling1D]", "[AveragePooling1D(3, Strides = [2])]", "[MaxPooling1D(1)]", "[Conv1D(3, 3, Strides = [2], Padding = Padding.Causal)]", "[Conv1D(2, 2)]",
            "[DepthwiseConv1D(2)]", "[Conv1D(4, 2, Padding = Padding.Causal)]", "[GRU(3, ReturnSequences = true)]", "[LSTM(4, ReturnSequences = true)]", "[SimpleRNN(3)]",
            "[Masking]", "[TimeDistributed<Body>]", "[Residual<Body>]", "[Reshape(1, 3)]", "[Add(\"input\", \"\")]", "[Output(\"here\")]")),
        (6, Gen.OneOf(s_kinds.Where(IsOfSequences).Select(OfKind)).Select(static text => $"[{text}]")),
        (3, Gen.Elements("[BatchNormalization]", "[Activate(Activation.Relu)]", "[Dense(4)]", "[LayerNormalization]")),
        (1, Any));

    private static bool IsOfSequences(Type type) => type.Name.Contains("1D", StringComparison.Ordinal) || type.IsSubclassOf(typeof(RecurrentAttribute));

    private static bool IsOfImages(Type type) =>
        type.Name.Contains("2D", StringComparison.Ordinal) || type.Name.StartsWith("Random", StringComparison.Ordinal);

    private static Gen<string> OfKind(Type type)
    {
        string name = type.IsGenericType ? type.Name[..^"Attribute`1".Length] + "<Body>" : type.Name[..^"Attribute".Length];
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(static candidate => candidate.GetParameters().Length).First();
        Gen<string[]> required = Gen.CollectToArray(constructor.GetParameters().Select(static parameter => Argument(parameter.Name!, parameter.ParameterType, parameter.IsOptional, ": ")));
        Gen<string[]> optional = Gen.CollectToArray(type.GetProperties()
            .Where(static property => property.CanWrite)
            .Select(static property => Sometimes(40, Argument(property.Name, property.PropertyType, isOptional: false, " = ", isNamed: true))));
        return
            from positional in required
            from named in optional
            select name + Parenthesized(positional.Concat(named).Where(static argument => argument.Length > 0));
    }

    private static bool IsParticular(Type type) =>
        type == typeof(ReshapeAttribute) || type == typeof(PermuteAttribute) || type == typeof(RepeatVectorAttribute) ||
        type.Name.Contains("1D", StringComparison.Ordinal) || IsOfImages(type) ||
        type.IsSubclassOf(typeof(EmbeddingTableAttribute)) || type.IsSubclassOf(typeof(RecurrentAttribute)) || type == typeof(MaskingAttribute) ||
        type.IsGenericType || IsMerge(type);

    private static bool IsMerge(Type type) =>
        type.GetConstructors().Any(static constructor => constructor.GetParameters().Any(static parameter => parameter.ParameterType == typeof(string[])));

    private static string Parenthesized(IEnumerable<string> arguments) => arguments.Any() ? $"({string.Join(", ", arguments)})" : "";

    private static Gen<string> Argument(string name, Type type, bool isOptional, string sign, bool isNamed = false)
    {
        Gen<string> value = isNamed && type.IsArray ? Value(type).Select(static text => $"[{text}]") : Value(type);
        Gen<string> argument = isNamed ? value.Select(text => name + sign + text) : value;
        return isOptional ? Gen.Frequency((1, Gen.Constant("")), (2, argument.Select(text => isNamed ? text : name + sign + text))) : argument;
    }

    private static Gen<string> Sometimes(int oneIn, Gen<string> argument) => Gen.Frequency((oneIn - 1, Gen.Constant("")), (1, argument));

    private static Gen<string> Value(Type type)
    {
        if (type.IsEnum)
        {
            string[] members = [.. Enum.GetNames(type).Select(member => $"{type.Name}.{member}")];
            return Gen.Frequency((60, Gen.Elements(members)), (1, Gen.Elements($"({type.Name})99", $"({type.Name})(-1)", $"{type.Name}.Misspelt", "0", "1")));
        }

        return type == typeof(int) ? s_integers
            : type == typeof(float) ? s_numbers
            : type == typeof(bool) ? Gen.Elements("true", "false")
            : type == typeof(string) ? s_texts
            : type == typeof(string[]) ? Gen.Frequency((12, s_inputs), (1, s_texts)).ArrayOf(2).Select(static names => string.Join(", ", names))
            : type == typeof(int[]) ? Gen.Choose(1, 3).SelectMany(static rank => Gen.Frequency((6, s_integers), (1, Gen.Constant("-1"))).ArrayOf(rank)).Select(static sizes => string.Join(", ", sizes))
            : throw new NotSupportedException($"no values for {type}");
    }
}
