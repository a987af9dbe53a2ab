using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Unroll.Benchmarks.Peers;

/// <summary>A recurrent layer, behind an embedding or not, and a linear one on its last output.</summary>
internal sealed class LastStep : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>? _before;
    private readonly Module _recurrent;
    private readonly Linear _head;

    public LastStep(Module recurrent, int units, int outputs, Module<Tensor, Tensor>? before = null)
        : base(nameof(LastStep))
    {
        (_before, _recurrent, _head) = (before, recurrent, Linear(units, outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = _before?.forward(input) ?? input;
        Tensor y = _recurrent is LSTM lstm ? lstm.forward(x).Item1 : ((GRU)_recurrent).forward(x).Item1;
        return _head.forward(y.select(1, y.shape[1] - 1));
    }
}

/// <summary>Attention and two layers, each with its input added and normalized behind.</summary>
internal sealed class EncoderBlock : Module<Tensor, Tensor>
{
    private readonly MultiheadAttention _attention;
    private readonly Module<Tensor, Tensor> _feedForward;
    private readonly LayerNorm _first, _second;

    public EncoderBlock(int width, int heads, int hidden)
        : base(nameof(EncoderBlock))
    {
        _attention = MultiheadAttention(width, heads);
        _feedForward = Sequential(Linear(width, hidden), ReLU(), Linear(hidden, width));
        (_first, _second) = (LayerNorm(width), LayerNorm(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        // TorchSharp's attention takes steps first.
        Tensor steps = input.transpose(0, 1);
        Tensor attended = _attention.forward(steps, steps, steps, null, need_weights: false, null).Item1.transpose(0, 1);
        Tensor x = _first.forward(input + attended);
        return _second.forward(x + _feedForward.forward(x));
    }
}

internal sealed class Encoder : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _blocks = Sequential(new EncoderBlock(64, 4, 128), new EncoderBlock(64, 4, 128));
    private readonly Linear _head = Linear(64, 2);

    public Encoder()
        : base(nameof(Encoder)) => RegisterComponents();

    public override Tensor forward(Tensor input) => _head.forward(_blocks.forward(input).mean([1L]));
}
