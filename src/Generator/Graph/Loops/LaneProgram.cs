using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Loops;

/// <summary>
/// Formulas over the units of a cell, the same for each unit: what is read, computed and written lane by lane. Nodes stand behind those
/// they use; operands are numbered by who runs the program.
/// </summary>
internal sealed record LaneProgram(EquatableArray<LaneNode> Nodes, EquatableArray<LaneWrite> Writes)
{
    /// <summary>The nodes that a write depends on.</summary>
    public IReadOnlyList<bool> Used()
    {
        bool[] used = new bool[Nodes.Count];
        foreach (LaneWrite write in Writes)
        {
            used[write.Node] = true;
        }

        for (int node = Nodes.Count - 1; node >= 0; node--)
        {
            if (used[node])
            {
                foreach (int operand in Nodes[node].Operands)
                {
                    used[operand] = true;
                }
            }
        }

        return used;
    }
}

/// <summary>One value a lane.</summary>
internal abstract record LaneNode
{
    /// <summary>The nodes it is computed from.</summary>
    public virtual IReadOnlyList<int> Operands => [];
}

/// <summary>The unit's value in a part of an operand: a gate of several.</summary>
internal sealed record LaneRead(int Operand, int Part) : LaneNode;

/// <summary>The one value of an operand, the same for all units.</summary>
internal sealed record LaneScalar(int Operand) : LaneNode;

/// <summary>A constant.</summary>
internal sealed record LaneConstant(float Value) : LaneNode;

/// <summary>A sum, difference or product.</summary>
internal sealed record LaneArithmetic(LaneOperator Operator, int Left, int Right) : LaneNode
{
    public override IReadOnlyList<int> Operands => [Left, Right];
}

internal enum LaneOperator
{
    Add,
    Subtract,
    Multiply,
}

/// <summary>f(x).</summary>
internal sealed record LaneActivate(ActivationFunction Function, int X) : LaneNode
{
    public override IReadOnlyList<int> Operands => [X];
}

/// <summary>dy·f′, from the output or input of f, whichever <see cref="ActivationFunction.SavesOutput"/> names.</summary>
internal sealed record LaneActivateGradient(ActivationFunction Function, int Dy, int Saved) : LaneNode
{
    public override IReadOnlyList<int> Operands => [Dy, Saved];
}

/// <summary>One value where the condition is not 0, else the other.</summary>
internal sealed record LaneSelect(int Condition, int Yes, int No) : LaneNode
{
    public override IReadOnlyList<int> Operands => [Condition, Yes, No];
}

/// <summary>Stores a node as the unit's value in a part of an operand.</summary>
internal sealed record LaneWrite(int Operand, int Part, int Node);
