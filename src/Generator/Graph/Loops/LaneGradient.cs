namespace Unroll.Generator.Graph.Loops;

/// <summary>
/// The derivative of a lane program, walked backward. Sums, products and choices are computed again from what they are of; what cannot be,
/// or would cost an exponential, is asked for.
/// </summary>
/// <param name="program">The formulas.</param>
/// <param name="isDifferentiable">Whether an operand receives a gradient.</param>
/// <param name="writer">Receives the derivative.</param>
/// <param name="valueOf">From a node that is read or is an activation to its value in the derivative.</param>
internal sealed class LaneGradient(LaneProgram program, Func<int, bool> isDifferentiable, LaneWriter writer, Func<int, int> valueOf)
{
    private readonly int?[] _gradients = new int?[program.Nodes.Count];
    private readonly Dictionary<int, int> _values = [];

    /// <summary>The nodes whose values the derivative asks for.</summary>
    public static IReadOnlyList<int> Needs(LaneProgram program, Func<int, bool> isDifferentiable)
    {
        var needs = new List<int>();
        var writer = new LaneWriter();
        var gradient = new LaneGradient(program, isDifferentiable, writer, node =>
        {
            needs.Add(node);
            return writer.Read(node);
        });
        int seed = writer.Read(slot: -1);
        foreach (LaneWrite write in program.Writes)
        {
            gradient.Seed(write.Node, seed);
        }

        gradient.Run(static (_, _) => { });
        return needs;
    }

    /// <summary>Adds to the gradient of a node.</summary>
    public void Seed(int node, int gradient) => _gradients[node] = _gradients[node] is int sum ? writer.Sum(sum, gradient) : gradient;

    /// <summary>Walks to the operands.</summary>
    /// <param name="receive">Receives each read that has a gradient, and that.</param>
    public void Run(Action<LaneRead, int> receive)
    {
        IReadOnlyList<bool> isActive = Active();
        for (int node = program.Nodes.Count - 1; node >= 0; node--)
        {
            if (!isActive[node] || _gradients[node] is not int dy)
            {
                continue;
            }

            switch (program.Nodes[node])
            {
                case LaneRead read:
                    receive(read, dy);
                    break;
                case LaneArithmetic { Operator: LaneOperator.Multiply } product:
                    Pass(product.Left, () => writer.Product(dy, Value(product.Right)));
                    Pass(product.Right, () => writer.Product(dy, Value(product.Left)));
                    break;
                case LaneArithmetic { Operator: LaneOperator.Subtract } difference:
                    Pass(difference.Left, () => dy);
                    Pass(difference.Right, () => writer.Difference(writer.Constant(0f), dy));
                    break;
                case LaneArithmetic sum:
                    Pass(sum.Left, () => dy);
                    Pass(sum.Right, () => dy);
                    break;
                case LaneActivate activate:
                    int saved = activate.Function.SavesOutput ? Value(node) : Value(activate.X);
                    Pass(activate.X, () => writer.ActivateGradient(activate.Function, dy, saved));
                    break;
                case LaneSelect choice:
                    Pass(choice.Yes, () => writer.Select(Value(choice.Condition), dy, writer.Constant(0f)));
                    Pass(choice.No, () => writer.Select(Value(choice.Condition), writer.Constant(0f), dy));
                    break;
                default:
                    throw new InvalidOperationException($"no derivative of {program.Nodes[node]}");
            }
        }

        void Pass(int operand, Func<int> gradient)
        {
            if (isActive[operand])
            {
                Seed(operand, gradient());
            }
        }
    }

    private bool[] Active()
    {
        bool[] isActive = new bool[program.Nodes.Count];
        for (int node = 0; node < isActive.Length; node++)
        {
            isActive[node] = program.Nodes[node] is LaneRead read
                ? isDifferentiable(read.Operand)
                : program.Nodes[node].Operands.Any(operand => isActive[operand]);
        }

        return isActive;
    }

    private int Value(int node)
    {
        if (!_values.TryGetValue(node, out int value))
        {
            value = program.Nodes[node] switch
            {
                LaneConstant constant => writer.Constant(constant.Value),
                LaneArithmetic { Operator: LaneOperator.Add } sum => writer.Sum(Value(sum.Left), Value(sum.Right)),
                LaneArithmetic { Operator: LaneOperator.Subtract } difference => writer.Difference(Value(difference.Left), Value(difference.Right)),
                LaneArithmetic product => writer.Product(Value(product.Left), Value(product.Right)),
                LaneSelect choice => writer.Select(Value(choice.Condition), Value(choice.Yes), Value(choice.No)),
                _ => valueOf(node),
            };
            _values.Add(node, value);
        }

        return value;
    }
}
