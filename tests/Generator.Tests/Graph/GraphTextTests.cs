using System.Reflection;
using System.Runtime.CompilerServices;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Graph;

/// <summary>What is printed of a graph tells operations apart that differ in anything but what labels and shapes show.</summary>
public sealed class GraphTextTests
{
    /// <summary>A parameter's name is its label; a loop is read step by step in the generated code.</summary>
    private static readonly HashSet<Type> s_untold = [typeof(ParameterSpec), typeof(LoopBody), typeof(Contraction)];

    private static readonly MethodInfo s_clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly Op[] s_ops = [.. EveryOperation.Graphs.SelectMany(static graph => graph.Ops)];

    public static TheoryData<Type> Kinds => [.. Concrete(typeof(OpKind))];

    public static TheoryData<Type> Steps => [.. Concrete(typeof(ElementwiseStep))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryArgumentOfAKindIsPrinted(Type type)
    {
        Op op = s_ops.First(op => op.Kind.GetType() == type);
        foreach (OpKind other in Variants(op.Kind))
        {
            Assert.False(TextOf(op) == TextOf(op with { Kind = other, Element = other.ElementOf(op.Element) }), $"{TextOf(op)} does not tell {op.Kind} from {other}");
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void EveryArgumentOfAStepIsPrinted(Type type)
    {
        var step = (ElementwiseStep)Some(type);
        foreach (ElementwiseStep other in Variants(step))
        {
            Assert.False(step.Text == other.Text, $"{step.Text} does not tell {step} from {other}");
        }
    }

    [Fact]
    public void WindowsAndMarginsAreReadable()
    {
        Assert.Equal("3 × 2", new Window(new WindowAxis(3), new WindowAxis(2)).Text);
        Assert.Equal("3 by 2 from -1 × 2 apart 4", new Window(new WindowAxis(3, Stride: 2, Before: 1), new WindowAxis(2, Dilation: 4)).Text);
        Assert.Equal("from 1 by 2", new Placement(1, 2).Text);
        Assert.Equal("among 1 + 2 rows and 3 + 4 columns of zeros", new Margins(1, 2, 3, 4).Text);
    }

    [Fact]
    public void TheMaskOfAnOutputIsPrinted()
    {
        OpGraph graph = EveryOperation.Graphs[0];
        GraphOutput output = graph.Outputs[0];

        Assert.Contains(
            $"output %{output.Value}, masked by %0\n",
            GraphText.Of(graph with { Outputs = EquatableArray.Of(output with { Head = null, Mask = 0 }) }),
            StringComparison.Ordinal);
    }

    private static IEnumerable<Type> Concrete(Type type) => type.Assembly.GetTypes().Where(each => each.IsSubclassOf(type) && !each.IsAbstract);

    private static string TextOf(Op op) => GraphText.Of(new OpGraph(EquatableArray.Of(op), default, default, default));

    // Those that a record is compared by: what is computed from them has no setter.
    private static IEnumerable<PropertyInfo> Arguments(Type type) => type.GetProperties().Where(static property =>
        property.SetMethod is not null && !s_untold.Contains(property.PropertyType) && property.DeclaringType != typeof(StepWithOperand));

    /// <summary>The same record with one argument changed, or one part of an argument.</summary>
    private static IEnumerable<object> Variants(object record) => Arguments(record.GetType()).SelectMany(property =>
        Others(property.GetValue(record), property.PropertyType).Select(other => With(record, property, other)));

    private static IEnumerable<object> Others(object? value, Type type) => value switch
    {
        null => [Some(Nullable.GetUnderlyingType(type) ?? type)],
        int number => [number - 1],
        float number => [number - 1],
        bool flag => [!flag],
        string text => [text + "2"],
        Enum item => Enum.GetValues(item.GetType()).Cast<object>().Where(other => !other.Equals(item)),
        EquatableArray<int> list => [list.Append(1).ToEquatableArray()],
        EquatableArray<ElementwiseStep> steps => [steps.Append(new AddBias()).ToEquatableArray()],
        _ => Variants(value),
    };

    private static object With(object record, PropertyInfo property, object value)
    {
        object copy = s_clone.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }

    private static object Some(Type type)
    {
        if (type.IsValueType)
        {
            return RuntimeHelpers.GetUninitializedObject(type);
        }

        ConstructorInfo constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(static parameter => Some(parameter.ParameterType))]);
    }
}
