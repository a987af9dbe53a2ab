namespace Unroll.Numerics.Tests.Harness;

/// <param name="Cell">SimpleRNN, GRU or LSTM.</param>
internal sealed record RecurrentSketch(string Cell, int Units) : LayerSketch
{
    public Activation Activation { get; init; } = Activation.Tanh;

    public Activation Gate { get; init; } = Activation.Sigmoid;

    public bool UseBias { get; init; } = true;

    public bool ReturnSequences { get; init; }

    public bool GoBackwards { get; init; }

    public bool ResetAfter { get; init; } = true;

    public BidirectionalMerge Bidirectional { get; init; }

    public float Dropout { get; init; }

    public float RecurrentDropout { get; init; }

    public float KernelL2 { get; init; }

    public float RecurrentL1 { get; init; }

    public float BiasL2 { get; init; }

    public override string Kind => Cell == "SimpleRNN" ? "simple_rnn" : Cell.ToLowerInvariant();

    public override string Attribute
    {
        get
        {
            var arguments = new List<string> { $"{Units}", $"Activation = Activation.{Activation}", $"ReturnSequences = {Flag(ReturnSequences)}" };
            Add(GoBackwards, $"GoBackwards = true");
            Add(!UseBias, "UseBias = false");
            Add(Cell != "SimpleRNN", $"RecurrentActivation = Activation.{Gate}");
            Add(Cell == "GRU" && !ResetAfter, "ResetAfter = false");
            Add(Bidirectional != BidirectionalMerge.None, $"Bidirectional = BidirectionalMerge.{Bidirectional}");
            Add(Dropout > 0, $"Dropout = {Number(Dropout)}");
            Add(RecurrentDropout > 0, $"RecurrentDropout = {Number(RecurrentDropout)}");
            Add(KernelL2 > 0, $"KernelL2 = {Number(KernelL2)}");
            Add(RecurrentL1 > 0, $"RecurrentL1 = {Number(RecurrentL1)}");
            Add(BiasL2 > 0, $"BiasL2 = {Number(BiasL2)}");
            return $"{Cell}({string.Join(", ", arguments)})";

            void Add(bool isGiven, string argument)
            {
                if (isGiven)
                {
                    arguments.Add(argument);
                }
            }
        }
    }

    public override int[] OutputOf(int[] input)
    {
        int units = Bidirectional == BidirectionalMerge.Concat ? 2 * Units : Units;
        return ReturnSequences ? [input[0], units] : [units];
    }

    // Errors of each step go through all that follow.
    public override int TermsOf(int[] input) => (input[^1] + Units) * input[0];
}
