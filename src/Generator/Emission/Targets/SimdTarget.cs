using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Targets;

/// <summary>The phrases of one machine: how an operation on its vectors is written in C#.</summary>
internal sealed class SimdTarget(SimdMachine machine)
{
    /// <summary>What an emitted kernel file needs to see.</summary>
    public const string Usings = """
        using global::System.Runtime.CompilerServices;
        using global::System.Runtime.Intrinsics;
        using global::System.Runtime.Intrinsics.Arm;
        using global::Unroll.Numerics;
        """;

    public static readonly IReadOnlyList<SimdTarget> WidestFirst = [.. SimdMachine.WidestFirst.Select(static machine => new SimdTarget(machine))];

    private readonly string _class = machine.VectorType;

    public SimdMachine Machine => machine;

    /// <summary>The type of a vector.</summary>
    public string Vector => $"{_class}<float>";

    public string Zero => $"{Vector}.Zero";

    public string Constant(float value) => value == 0f ? Zero : $"{_class}.Create({CSharpLiteral.Of(value)})";

    /// <summary>All lanes the scalar <paramref name="scalar"/>.</summary>
    public string Broadcast(string scalar) => $"{_class}.Create({scalar})";

    public string Load(string reference, Offset offset = default) => $"{_class}.LoadUnsafe(ref {reference}{Argument(offset)})";

    public string Store(string value, string reference, Offset offset = default) =>
        $"{value}.StoreUnsafe(ref {reference}{Argument(offset)});";

    private static string Argument(Offset offset) => offset.IsZero ? "" : $", {offset}";

    /// <summary>x·y + z, fused where the processor can.</summary>
    public string MultiplyAdd(string x, string y, string z) => $"{_class}.MultiplyAddEstimate({x}, {y}, {z})";

    // The native maximum returns its second operand where one is NaN: the value that may be NaN stands there.
    public string Max(string bound, string value) => $"{_class}.MaxNative({bound}, {value})";

    public string Min(string bound, string value) => $"{_class}.MinNative({bound}, {value})";

    public string Abs(string x) => $"{_class}.Abs({x})";

    public string Greater(string x, string y) => $"{_class}.GreaterThan({x}, {y})";

    public string Less(string x, string y) => $"{_class}.LessThan({x}, {y})";

    public string LessOrEqual(string x, string y) => $"{_class}.LessThanOrEqual({x}, {y})";

    public string Select(string condition, string yes, string no) => $"{_class}.ConditionalSelect({condition}, {yes}, {no})";

    /// <summary>A function of the runtime's <c>VectorMath</c>, which has one overload a vector type.</summary>
    public string Math(string function, string x) => $"VectorMath.{function}({x})";

    /// <summary>The mask of the first <paramref name="count"/> lanes.</summary>
    public string FirstLanes(int count) => $"{_class}.LessThan({_class}<int>.Indices, {_class}.Create({CSharpLiteral.Of(count)})).AsSingle()";

    /// <summary>The mask of the values that dropout keeps, at the position of the first lane.</summary>
    public string KeepMask(Offset position, string key, uint threshold) =>
        $"CounterRandom.KeepMask({_class}.Create((uint)({position})) + {_class}<uint>.Indices, {key}, {threshold.ToString(System.Globalization.CultureInfo.InvariantCulture)}u)";

    /// <summary>Standard normal numbers, at the position of the first lane.</summary>
    public string Normal(Offset position, string key) =>
        $"CounterRandom.Normal({_class}.Create((uint)({position})) + {_class}<uint>.Indices, {key})";

    public string Sqrt(string x) => $"{_class}.Sqrt({x})";
}
