using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Model;
using Unroll.Generator.Tests.Graph.Passes;

namespace Unroll.Generator.Tests.Graph.Contractions;

/// <summary>Contractions are what their formulas say, and are recognized by their maps, not by who wrote them.</summary>
public sealed class ContractionTests
{
    private static readonly Window s_window = new(new WindowAxis(2, 2, 1, 1), new WindowAxis(3, 1, 2, 2));

    private static readonly Dictionary<string, (Contraction Contraction, ContractionForm? Form, Shape[] Shapes)> s_contractions = new()
    {
        ["product"] = (Contraction.Product(Shape.Of(5, 3), 4), new ContractionForm.Product(), [Shape.Of(5, 3), Shape.Of(3, 4), Shape.Of(5, 4)]),
        ["product of a vector"] = (Contraction.Product(Shape.Of(3), 4), new ContractionForm.Product(), [Shape.Of(3), Shape.Of(3, 4), Shape.Of(4)]),
        ["convolution"] = (
            Contraction.Convolution(s_window, Shape.Of(5, 4, 3), Shape.Of(3, 4, 2)),
            new ContractionForm.Windowed(s_window, IsDepthwise: false, Groups: 1),
            [Shape.Of(5, 4, 3), Shape.Of(18, 2), Shape.Of(3, 4, 2)]),
        ["convolution of a signal"] = (
            Contraction.Convolution(new Window(new WindowAxis(1), s_window.Columns), Shape.Of(4, 3), Shape.Of(4, 2)),
            new ContractionForm.Windowed(new Window(new WindowAxis(1), s_window.Columns), IsDepthwise: false, Groups: 1),
            [Shape.Of(4, 3), Shape.Of(9, 2), Shape.Of(4, 2)]),
        ["depthwise"] = (
            Contraction.Depthwise(s_window, Shape.Of(3, 4, 2)),
            new ContractionForm.Windowed(s_window, IsDepthwise: true, Groups: 1),
            [Shape.Of(5, 4, 2), Shape.Of(6, 2), Shape.Of(3, 4, 2)]),
        ["convolution in groups"] = (
            Contraction.Convolution(s_window, Shape.Of(5, 4, 6), Shape.Of(3, 4, 4), groups: 2),
            new ContractionForm.Windowed(s_window, IsDepthwise: false, Groups: 2),
            [Shape.Of(5, 4, 6), Shape.Of(18, 4), Shape.Of(3, 4, 4)]),
        ["heads"] = (Contraction.Heads(Shape.Of(4, 2, 3), 5), new ContractionForm.Heads(), [Shape.Of(4, 2, 3), Shape.Of(5, 2, 3), Shape.Of(2, 4, 5)]),
        ["rows of both"] = (Contraction.Along(Shape.Of(4, 3), 1, Shape.Of(5, 3), 1), null, [Shape.Of(4, 3), Shape.Of(5, 3), Shape.Of(4, 5)]),
        ["columns of both"] = (Contraction.Along(Shape.Of(3, 4), 0, Shape.Of(3, 5), 0), null, [Shape.Of(3, 4), Shape.Of(3, 5), Shape.Of(4, 5)]),
        ["vectors"] = (Contraction.Along(Shape.Of(3), 0, Shape.Of(3), 0), null, [Shape.Of(3), Shape.Of(3), Shape.Of(1)]),
    };

    public static TheoryData<string> Names => [.. s_contractions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheMapsTellTheForm(string name) => Assert.Equal(s_contractions[name].Form, ContractionForm.Of(s_contractions[name].Contraction));

    /// <summary>Names say nothing, and a product by the rows of one operand and the columns of the other is one, whoever states it.</summary>
    [Fact]
    public void NamesDoNotMatter()
    {
        Contraction rows = Contraction.Along(Shape.Of(5, 3), 1, Shape.Of(3, 4), 0);

        Assert.Equal(new ContractionForm.Product(), ContractionForm.Of(rows));
    }

    /// <summary>The least change makes it another: a stride where there is none, in a value or another.</summary>
    [Theory]
    [InlineData("convolution", 1, 0)]
    [InlineData("convolution", 0, 2)]
    [InlineData("convolution in groups", 2, 2)]
    [InlineData("depthwise", 1, 0)]
    [InlineData("product", 0, 1)]
    [InlineData("heads", 2, 0)]
    public void AnotherStrideIsAnotherForm(string name, int value, int axis) =>
        Assert.Null(ContractionForm.Of(Changed(s_contractions[name].Contraction, value, axis, static index => index * 2)));

    /// <summary>An axis in place of another, which is then read twice.</summary>
    [Theory]
    [InlineData("product", 1, 1, "k")]
    [InlineData("convolution", 2, 0, "o1")]
    [InlineData("convolution", 0, 2, "k0")]
    [InlineData("depthwise", 2, 2, "o0")]
    [InlineData("heads", 1, 2, "s")]
    public void AnAxisTwiceIsAnotherForm(string name, int value, int axis, string other) =>
        Assert.Null(ContractionForm.Of(Changed(s_contractions[name].Contraction, value, axis, _ => Offset.Variable(other))));

    /// <summary>A sum over an axis that no value has, which multiplies it.</summary>
    [Theory]
    [InlineData("product")]
    [InlineData("convolution")]
    [InlineData("depthwise")]
    [InlineData("heads")]
    public void AnAxisThatNothingReadsIsAnotherForm(string name)
    {
        Contraction contraction = s_contractions[name].Contraction;

        Assert.Null(ContractionForm.Of(contraction with { Domain = contraction.Domain.Append(new DomainAxis("more", 2)).ToEquatableArray() }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnAxisRunsOverAllOfItsValue(string name)
    {
        (Contraction contraction, _, Shape[] shapes) = s_contractions[name];

        Assert.True(contraction.Fits(shapes));
        for (int value = 0; value < shapes.Length; value++)
        {
            for (int axis = 0; axis < shapes[value].Rank; axis++)
            {
                if (contraction.Maps[value].AxisAt(axis) is not null)
                {
                    Shape[] others = [.. shapes];
                    others[value] = shapes[value].With(axis, shapes[value][axis] + 1);
                    Assert.False(contraction.Fits(others), $"{others[value]} of {name}");
                }
            }
        }
    }

    /// <summary>z is linear in a, so the gradient by an element of it is ⟨dz, z⟩ where that element is 1 and the others are 0; and so in b.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheGradientIsThatOfTheSum(string name)
    {
        (Contraction contraction, _, Shape[] shapes) = s_contractions[name];
        for (int result = 0; result < shapes.Length; result++)
        {
            AssertGradients(contraction, result, shapes);
        }
    }

    /// <summary>
    /// Whatever the maps say: the kernels of products and windows read one kernel for all samples, those of heads one for each. Others stay
    /// contractions, and so do their gradients.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OnlyValuesOfTheRightScopeHaveKernels(string name)
    {
        (Contraction contraction, ContractionForm? form, Shape[] shapes) = s_contractions[name];
        var writer = new GraphWriter();
        var label = new OpLabel("net", "Test");
        Op x = writer.Add(new InputOp(0, ElementType.Float), shapes[0], OpScope.Sample, label);
        OpScope other = form is ContractionForm.Heads ? OpScope.Step : OpScope.Sample;
        Op w = writer.Add(new InputOp(1, ElementType.Float), shapes[1], other, label);
        Op y = writer.Add(new ContractOp(contraction), shapes[2], OpScope.Sample, label, x, w);
        OpGraph both = GradientBuilder.AddBackward(new OpGraph(writer.Ops, EquatableArray.Of(new GraphOutput(y.Id, null)), default, default));

        OpGraph lowered = new LowerContractions().Apply(both);

        Assert.Equal(GraphText.Of(both), GraphText.Of(lowered));
        Assert.Equal(3, lowered.Ops.Count(static op => op.Kind is ContractOp));
    }

    private static void AssertGradients(Contraction contraction, int result, Shape[] shapes)
    {
        var writer = new GraphWriter();
        var label = new OpLabel("net", "Test");
        Op[] operands = [.. shapes.Where((_, value) => value != result).Select((shape, i) => writer.Add(new InputOp(i, ElementType.Float), shape, OpScope.Sample, label))];
        Op z = writer.Add(new ContractOp(contraction, result), shapes[result], OpScope.Sample, label, operands);
        var forward = new OpGraph(writer.Ops, EquatableArray.Of(new GraphOutput(z.Id, null)), default, default);
        OpGraph both = GradientBuilder.AddBackward(forward);
        Op[] gradients = [.. both.Ops.Where(op => op.Id > z.Id && op.Kind is ContractOp)];
        int dz = both.Ops.Single(static op => op.Kind is LossOp).Id;

        GraphVerifier.Check(both, after: "differentiation");
        Dictionary<int, double[]> values = new()
        {
            [operands[0].Id] = Numbers(operands[0].Shape, 1),
            [operands[1].Id] = Numbers(operands[1].Shape, 2),
            [dz] = Numbers(z.Shape, 3),
        };
        Assert.Equal(operands.Length, gradients.Length);
        for (int i = 0; i < operands.Length; i++)
        {
            double[] gradient = Computed(gradients[i], values, both);
            for (int element = 0; element < gradient.Length; element++)
            {
                double[] unit = new double[gradient.Length];
                unit[element] = 1;
                Dictionary<int, double[]> moved = new(values) { [operands[i].Id] = unit };
                Assert.Equal(Dot(values[dz], Computed(z, moved, both)), gradient[element]);
            }
        }
    }

    private static double[] Computed(Op op, Dictionary<int, double[]> values, OpGraph graph)
    {
        var kind = (ContractOp)op.Kind;
        List<double[]> inOrder = [.. op.Inputs.Select(id => values[id])];
        List<Shape> shapes = [.. op.Inputs.Select(id => graph[id].Shape)];
        inOrder.Insert(kind.Result, []);
        shapes.Insert(kind.Result, op.Shape);
        return Evaluate(kind.Contraction, kind.Result, [.. inOrder], [.. shapes]);
    }

    private static double[] Numbers(Shape shape, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)shape.Size).Select(_ => (double)random.Next(-9, 10))];
    }

    private static Contraction Changed(Contraction contraction, int value, int axis, Func<Offset, Offset> change) => contraction with
    {
        Maps = contraction.Maps
            .Select((map, i) => i == value ? new AccessMap(map.Indices.Select((index, j) => j == axis ? change(index) : index).ToEquatableArray()) : map)
            .ToEquatableArray(),
    };

    /// <summary>The maps of the convolution say what its formula does, written out.</summary>
    [Fact]
    public void AConvolutionIsItsFormula()
    {
        (Contraction contraction, _, Shape[] shapes) = s_contractions["convolution"];
        double[][] values = [.. shapes.Select(Numbers)];
        double[] expected = new double[3 * 4 * 2];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                for (int unit = 0; unit < 2; unit++)
                {
                    for (int tap = 0; tap < 6; tap++)
                    {
                        (int y, int x) = ((2 * row) + (tap / 3) - 1, column + (2 * (tap % 3)) - 2);
                        for (int channel = 0; channel < 3 && y is >= 0 and < 5 && x is >= 0 and < 4; channel++)
                        {
                            expected[(((row * 4) + column) * 2) + unit] += values[0][(((y * 4) + x) * 3) + channel] * values[1][(((tap * 3) + channel) * 2) + unit];
                        }
                    }
                }
            }
        }

        Assert.Equal(expected, Evaluate(contraction, 2, values, shapes));
    }

    /// <summary>The gradients of a layer's contraction are contractions over its own domain.</summary>
    [Theory]
    [InlineData("[Dense(3)] [Dense(2)]", "4")]
    [InlineData("[Conv2D(3, 2)] [Conv2DTranspose(2, 2)] [DepthwiseConv2D(2)]", "5, 5, 2")]
    [InlineData("[MultiHeadAttention(2, 3)]", "4, 5")]
    public void TheWayBackHasTheDomainsOfTheWayThere(string layers, string shape)
    {
        OpGraph forward = PassGraphs.Forward(layers, shape);
        OpGraph both = GradientBuilder.AddBackward(forward);

        var domains = forward.Ops.Select(static op => op.Kind).OfType<ContractOp>().ToLookup(static contract => contract.Contraction);
        ILookup<Contraction, ContractOp> all = both.Ops.Select(static op => op.Kind).OfType<ContractOp>().ToLookup(static contract => contract.Contraction);
        Assert.All(domains, domain => Assert.Equal(3 * domain.Count(), all[domain.Key].Count()));
        Assert.Equal(domains.Count, all.Count);
    }

    // At every point the product of the other two, added to the result; what lies outside is left out.
    private static double[] Evaluate(Contraction contraction, int result, double[][] values, Shape[] shapes)
    {
        double[] sums = new double[shapes[result].Size];
        int[] others = [.. Enumerable.Range(0, 3).Where(value => value != result)];
        for (long point = 0; point < contraction.Points; point++)
        {
            var at = new Dictionary<string, int>();
            long rest = point;
            foreach (DomainAxis axis in contraction.Domain)
            {
                at.Add(axis.Name, (int)(rest % axis.Extent));
                rest /= axis.Extent;
            }

            int?[] places = [.. contraction.Maps.Select((map, value) => PlaceOf(map, shapes[value], at))];
            if (places.All(static place => place is not null))
            {
                sums[places[result]!.Value] += values[others[0]][places[others[0]]!.Value] * values[others[1]][places[others[1]]!.Value];
            }
        }

        return sums;
    }

    private static int? PlaceOf(AccessMap map, Shape shape, Dictionary<string, int> at)
    {
        int place = 0;
        for (int axis = 0; axis < map.Rank; axis++)
        {
            int index = map.Indices[axis].Constant + map.Indices[axis].Terms.Sum(term => term.Coefficient * at[term.Variable]);
            if (index < 0 || index >= shape[axis])
            {
                return null;
            }

            place = (place * shape[axis]) + index;
        }

        return place;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, static (left, right) => left * right).Sum();
}
