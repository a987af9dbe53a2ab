using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Targets;

/// <summary>The phrases of one machine: how an operation on its vectors is written in C#.</summary>
internal sealed class SimdTarget(SimdMachine machine)
{
    /// <summary>What a schedule needs to see.</summary>
    public const string ScheduleUsings = """
        using global::System.Runtime.CompilerServices;
        using global::System.Runtime.Intrinsics;
        using global::System.Runtime.Intrinsics.Arm;
        using static global::System.Runtime.CompilerServices.MethodImplOptions;
        using static global::System.Runtime.CompilerServices.Unsafe;
        using global::Unroll.Compiled;
        using global::Unroll.Numerics;
        """;

    private static readonly SimdTarget[] s_all = [.. SimdMachine.WidestFirst.Select(static machine => new SimdTarget(machine))];

    public SimdMachine Machine => machine;

    /// <summary>The target of a machine, always the same.</summary>
    public static SimdTarget Of(SimdMachine machine) => s_all.First(target => target.Machine == machine);

    /// <summary>What a file of kernels needs to see.</summary>
    /// <remarks>The operations of the one vector type go without its name, and the type itself is <c>V</c>: most of a kernel is these.</remarks>
    public string Usings => $"""
        using global::System.Runtime.CompilerServices;
        using global::System.Runtime.Intrinsics;
        using static global::System.Runtime.CompilerServices.MethodImplOptions;
        using static global::System.Runtime.CompilerServices.Unsafe;
        using static global::System.Runtime.Intrinsics.{machine.VectorType};
        using global::Unroll.Numerics;
        using V = global::System.Runtime.Intrinsics.{machine.VectorType}<float>;
        """;

    /// <summary>The type of a vector.</summary>
    public string Vector => "V";

    public Expression Zero => new($"{Vector}.Zero", IsPrimary: true);

    public Expression Constant(float value) => value == 0f ? Zero : Broadcast(CSharpLiteral.Of(value));

    /// <summary>All lanes the scalar <paramref name="scalar"/>.</summary>
    public Expression Broadcast(string scalar) => Expression.Call("Create", scalar);

    /// <summary>The first lane the scalar <paramref name="scalar"/>, all others 0.</summary>
    public Expression Scalar(string scalar) => Expression.Call("CreateScalar", scalar);

    public Expression Load(string reference, Offset offset = default) => Expression.Call("LoadUnsafe", Place(reference, offset));

    /// <summary>A row of a kernel in 16 bits, as floats: the first of its pair where its number is even.</summary>
    public Expression Widen(string pairs, int row) => Expression.Call(row % 2 == 0 ? "RoundedKernel.First" : "RoundedKernel.Second", pairs);

    public string Store(Expression value, string reference, Offset offset = default) => $"{value.Operand}.StoreUnsafe({Place(reference, offset)});";

    /// <summary>x·y + z, fused where the processor can.</summary>
    public Expression MultiplyAdd(string x, string y, string z) => Expression.Call("MultiplyAddEstimate", x, y, z);

    // The native maximum returns its second operand where one is NaN: the value that may be NaN stands there.
    public Expression Max(string bound, string value) => Expression.Call("MaxNative", bound, value);

    public Expression Min(string bound, string value) => Expression.Call("MinNative", bound, value);

    public Expression Abs(string x) => Expression.Call("Abs", x);

    public Expression Sqrt(string x) => Expression.Call("Sqrt", x);

    public Expression Greater(string x, string y) => Expression.Call("GreaterThan", x, y);

    // By its full name: every class has an Equals of its own.
    public Expression Equal(string x, string y) => Expression.Call($"{machine.VectorType}.Equals", x, y);

    public Expression Less(string x, string y) => Expression.Call("LessThan", x, y);

    public Expression LessOrEqual(string x, string y) => Expression.Call("LessThanOrEqual", x, y);

    // A comparison of 512 bits is a register of masks, which a select takes as it is.
    public Expression Select(string condition, string yes, string no) => no == Zero.Text && machine != SimdMachine.Vector512
        ? new($"{yes} & {condition}", IsPrimary: false)
        : Expression.Call("ConditionalSelect", condition, yes, no);

    /// <summary>A function of the runtime's <c>VectorMath</c>, which has one overload a vector type.</summary>
    public Expression Math(string function, string x) => Expression.Call($"VectorMath.{function}", x);

    /// <summary>The mask of the first <paramref name="count"/> lanes.</summary>
    public Expression FirstLanes(int count) =>
        new($"{Less($"{machine.VectorType}<int>.Indices", Broadcast(CSharpLiteral.Of(count)))}.AsSingle()", IsPrimary: true);

    /// <summary>The mask of the values that dropout keeps, at the position of the first lane.</summary>
    public Expression KeepMask(Offset position, string key, uint threshold) => Expression.Call(
        "CounterRandom.KeepMask", Lanes(position), key, threshold.ToString(System.Globalization.CultureInfo.InvariantCulture) + "u");

    /// <summary>Standard normal numbers, at the position of the first lane.</summary>
    public Expression Normal(Offset position, string key) => Expression.Call("CounterRandom.Normal", Lanes(position), key);

    private string Lanes(Offset position) => $"Create((uint)({position})) + {machine.VectorType}<uint>.Indices";

    private static string Place(string reference, Offset offset) => offset.IsZero ? $"ref {reference}" : $"ref {reference}, {offset}";
}
