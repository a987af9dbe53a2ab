using System.Collections;
using System.Reflection;
using Unroll.Generator.Incremental;

namespace Unroll.Generator.Tests.Caching;

/// <summary>No Roslyn object survives in what the pipeline keeps: it would never compare equal and would root an old compilation.</summary>
public class ModelPurityTests
{
    [Theory]
    [InlineData(StepNames.Model)]
    [InlineData(StepNames.Pretrained)]
    [InlineData(StepNames.Rejected)]
    [InlineData(StepNames.HintCollisions)]
    [InlineData(StepNames.Compiled)]
    [InlineData(StepNames.Linked)]
    public void HoldsPlainValues(string step)
    {
        object[] values = [.. GeneratorHarness.Run("""
            using Unroll;
            [Network(28, 28)] [Budget(MaxBytes = 1_000_000)] [Flatten] [Dense(8, Activation.Relu, KernelL1 = 0.5f), Activate(Activation.Tanh), Dropout(0.1f)] partial class Net;
            [Block] [Dense(8)] [Dense(8)] class Body;
            [Network(8)] [Use<Body>] [Residual<Body>(Repeat = 2)] [Reshape(4, -1)] [Permute(2, 1)] partial class Composed;
            [Network(4)] [Dense(0)] partial class Wrong;
            [Network(4)] [Dense(1)] partial record Own(int Size);
            """).Step<object>(step)];

        Assert.NotEmpty(values);
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object value in values)
        {
            Walk(value, value.GetType().Name, visited);
        }
    }

    private static void Walk(object? value, string path, HashSet<object> visited)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !visited.Add(value))
        {
            return;
        }

        Type type = value.GetType();
        Assert.False(type.FullName!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} is a {type}.");
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, path + "[]", visited);
            }
        }

        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), $"{path}.{field.Name}", visited);
            }
        }
    }
}
