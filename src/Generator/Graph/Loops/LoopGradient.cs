using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Loops;

/// <summary>
/// The gradient of a loop is a loop in the opposite direction: each operation of the cell is answered by its own, last first. Gradients of
/// kernels are left to one product behind the loop, over all steps at once.
/// </summary>
internal sealed class LoopGradient
{
    private readonly GradientTape _tape;
    private readonly Op _loop;
    private readonly LoopBody _body;
    private readonly LoopBuilder _backward;

    // For each slot the one that holds its gradient, and whether that holds the gradient of what the slot was before the operation at hand.
    private readonly Dictionary<int, int> _gradients = [];
    private readonly HashSet<int> _isSet = [];
    private readonly Dictionary<int, Op> _rows = [];

    public LoopGradient(GradientTape tape, Op loop, LoopBody body)
    {
        _tape = tape;
        _loop = loop;
        _body = body;
        _backward = new LoopBuilder(tape.Writer, body.Steps, !body.IsReversed);
    }

    public void Add()
    {
        if (Consumers<LoopValueOp>().All(consumer => _tape.GradientOf(consumer) is null))
        {
            return;
        }

        for (int slot = 0; slot < _body.Slots.Count; slot++)
        {
            if (_body.Slots[slot].Kind == LoopSlotKind.Carried)
            {
                Op? final = Consumers<LoopFinalOp>(slot).Select(_tape.GradientOf).FirstOrDefault();
                _gradients.Add(slot, _backward.Carried(NameOf(slot), _body.Slots[slot].Columns, final));
            }
        }

        foreach (CellStep step in _body.Cell.Reverse())
        {
            switch (step)
            {
                case CellLanes lanes:
                    AddLanes(lanes);
                    break;
                case CellProduct product:
                    AddProduct(product);
                    break;
            }
        }

        Contribute(_backward.Finish(_tape.Label(_loop, "Backward")));
    }

    private void AddLanes(CellLanes lanes)
    {
        var writer = new LaneWriter();
        var gradient = new LaneGradient(
            lanes.Program, operand => IsDifferentiable(_body.Slots[lanes.Slots[operand]]), writer, node => ValueOf(lanes, node, writer));
        foreach (LaneWrite write in lanes.Program.Writes)
        {
            foreach (int seed in GradientsOf(lanes.Slots[write.Operand]))
            {
                gradient.Seed(write.Node, writer.Read(seed, write.Part));
            }
        }

        var received = new ReceivedGradients(_body, lanes);
        gradient.Run(received.Add);
        foreach (int slot in received.Slots)
        {
            if (received.TwinOf(slot) is int twin && _isSet.Add(slot))
            {
                _gradients.Add(slot, _gradients[twin]);
            }
            else
            {
                Receive(slot, received[slot], writer, lanes.Width);
            }
        }

        if (writer.Writes.Count > 0)
        {
            _backward.Lanes(lanes.Role + "Gradient", writer, lanes.Width);
        }
    }

    // Parts nobody has read receive 0: a product takes the slot as a whole.
    private void Receive(int slot, IReadOnlyDictionary<int, int> parts, LaneWriter writer, int width)
    {
        int target = TargetOf(slot);
        bool isSet = !_isSet.Add(slot);
        int columns = _body.Slots[slot].Columns;
        for (int part = 0; part == 0 || part * width < columns; part++)
        {
            if (parts.TryGetValue(part, out int node))
            {
                writer.Write(target, part, isSet ? writer.Sum(writer.Read(target, part), node) : node);
            }
            else if (!isSet)
            {
                writer.Write(target, part, writer.Constant(0f));
            }
        }
    }

    private void AddProduct(CellProduct product)
    {
        if (!_isSet.Contains(product.Y))
        {
            return;
        }

        Op w = _tape[_loop.Inputs[product.Weights]];
        Op transposed = _tape.Writer.Add(
            new TransposeOp(), Shape.Of(w.Shape[1], w.Shape[0]), OpScope.Step, _tape.Label(_loop, product.Role + "Transpose"), w);
        int target = TargetOf(product.X);
        _backward.Product(product.Role + "Gradient", _gradients[product.Y], transposed, null, target, isAdded: !_isSet.Add(product.X));
    }

    private void Contribute(Op backward)
    {
        foreach (KeyValuePair<int, int> gradient in _gradients)
        {
            LoopSlot slot = _body.Slots[gradient.Key];
            if (slot.Kind == LoopSlotKind.Step)
            {
                Op rows = ValueOf(backward, new LoopRowsOp(gradient.Value), Shape.Of(_body.Steps, slot.Columns), slot.Name + "Gradient");
                _tape.Contribute(_tape[_loop.Inputs[slot.Operand]], rows);
            }
            else if (slot is { Kind: LoopSlotKind.Carried, Operand: >= 0 })
            {
                Op initial = ValueOf(backward, new LoopFinalOp(gradient.Value), Shape.Of(slot.Columns), slot.Name + "InitialGradient");
                _tape.Contribute(_tape[_loop.Inputs[slot.Operand]], initial);
            }
        }

        foreach (CellProduct product in _body.Cell.OfType<CellProduct>().Where(product => _isSet.Contains(product.Y)))
        {
            Op w = _tape[_loop.Inputs[product.Weights]];
            Op dy = ValueOf(
                backward, new LoopRowsOp(_gradients[product.Y]), Shape.Of(_body.Steps, w.Shape[1]), product.Role + "Gradients");
            Op x = OperandsOf(product);
            var gradient = new ContractOp(Contraction.Product(x.Shape, w.Shape[1]), Result: 1);
            _tape.Contribute(w, _tape.Writer.Add(gradient, w.Shape, OpScope.Step, _tape.Label(_loop, product.Role + "KernelGradient"), x, dy));
            if (product.Bias >= 0)
            {
                Op bias = _tape[_loop.Inputs[product.Bias]];
                _tape.Contribute(bias, _tape.Writer.Add(
                    new BatchSumOp(default), bias.Shape, OpScope.Step, _tape.Label(_loop, product.Role + "BiasGradient"), dy));
            }
        }
    }

    // What a product has taken at each step.
    private Op OperandsOf(CellProduct product)
    {
        LoopSlot x = _body.Slots[product.X];
        return x.Kind == LoopSlotKind.Carried
            ? ValueOf(_loop, new LoopStatesOp(product.X, IsAfter: false), Shape.Of(_body.Steps, x.Columns), x.Name + "Before")
            : RowsOf(product.X);
    }

    // Where the derivative finds a value of the forward pass.
    private int ValueOf(CellLanes lanes, int node, LaneWriter writer)
    {
        switch (lanes.Program.Nodes[node])
        {
            case LaneScalar scalar:
                return writer.Scalar(_backward.Mask("mask", OperandOf(lanes.Slots[scalar.Operand])));
            case LaneRead read when _body.Slots[lanes.Slots[read.Operand]] is { Kind: not LoopSlotKind.Local } slot:
                int number = lanes.Slots[read.Operand];
                return writer.Read(
                    slot.Kind switch
                    {
                        LoopSlotKind.Step => _backward.Step(slot.Name, OperandOf(number), slot.Shift),
                        LoopSlotKind.Sample => _backward.Sample(slot.Name, OperandOf(number)),
                        _ => _backward.Step(slot.Name + "Before", RowsOf(number), _body.IsReversed ? 1 : 0),
                    },
                    read.Part);
            default:
                LaneWrite saved = lanes.Program.Writes.First(write => write.Node == node);
                int kept = lanes.Slots[saved.Operand];
                bool isCarried = _body.Slots[kept].Kind == LoopSlotKind.Carried;
                return writer.Read(_backward.Step(_body.Slots[kept].Name, RowsOf(kept), isCarried && !_body.IsReversed ? 1 : 0), saved.Part);
        }
    }

    /// <summary>The slots whose sum is the gradient of what has been written.</summary>
    private IEnumerable<int> GradientsOf(int slot)
    {
        if (_body.Slots[slot].Kind == LoopSlotKind.Carried || _isSet.Contains(slot))
        {
            yield return _gradients[slot];
        }

        foreach (Op consumer in Consumers<LoopValueOp>(slot).Where(static consumer => consumer.Kind is not LoopFinalOp))
        {
            if (_tape.GradientOf(consumer) is Op dy)
            {
                yield return _backward.Added(_body.Slots[slot].Name + "Received", dy);
            }
        }
    }

    private int TargetOf(int slot)
    {
        if (!_gradients.TryGetValue(slot, out int target))
        {
            target = _backward.Local(NameOf(slot), _body.Slots[slot].Columns);
            _gradients.Add(slot, target);
        }

        return target;
    }

    private Op RowsOf(int slot)
    {
        if (!_rows.TryGetValue(slot, out Op? rows))
        {
            LoopSlot kept = _body.Slots[slot];
            int count = _body.Steps + (kept.Kind == LoopSlotKind.Carried ? 1 : 0);
            _rows.Add(slot, rows = ValueOf(_loop, new LoopRowsOp(slot), Shape.Of(count, kept.Columns), kept.Name));
        }

        return rows;
    }

    private Op ValueOf(Op loop, OpKind kind, Shape shape, string role) =>
        _tape.Writer.Add(kind, shape, OpScope.Sample, _tape.Label(_loop, role), loop);

    private IEnumerable<Op> Consumers<T>(int? slot = null)
        where T : LoopValueOp => _tape.ConsumersOf(_loop).Where(consumer => consumer.Kind is T value && (slot ?? value.Slot) == value.Slot);

    private Op OperandOf(int slot) => _tape[_loop.Inputs[_body.Slots[slot].Operand]];

    private string NameOf(int slot) => _body.Slots[slot].Name + "Gradient";

    /// <summary>Whether a slot's values depend on something that is trained.</summary>
    public static bool IsDifferentiable(LoopSlot slot) => slot.Kind is LoopSlotKind.Step or LoopSlotKind.Local or LoopSlotKind.Carried;
}
