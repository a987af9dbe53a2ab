using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Numerics;

/// <summary>A clock ticks at its first step and every period from there on, however long it runs.</summary>
public sealed class StreamClockTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    [InlineData(500, 999)]
    public void TicksEveryPeriodFromTheFirst(int period, int first)
    {
        float[] memory = new float[2];
        Assert.False(StreamClock.Ticks(ref memory[0]));
        for (int step = 0; step < 5000; step++)
        {
            StreamClock.Count(ref memory[0], samples: 1, stride: 2, period, first);

            Assert.Equal(step >= first && (step - first) % period == 0, StreamClock.Ticks(ref memory[0]));
        }
    }

    /// <summary>What it has counted is a whole number in the first float of its memory.</summary>
    [Theory]
    [InlineData(int.MaxValue, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1, int.MaxValue)]
    public void CountsToTheLargestNumber(int period, int first)
    {
        float[] memory = [BitConverter.Int32BitsToSingle(first - 1), 0f];
        StreamClock.Count(ref memory[0], samples: 1, stride: 2, period, first);
        Assert.False(StreamClock.Ticks(ref memory[0]));

        StreamClock.Count(ref memory[0], samples: 1, stride: 2, period, first);
        Assert.True(StreamClock.Ticks(ref memory[0]));
        Assert.Equal(first, BitConverter.SingleToInt32Bits(memory[0]) + period - 1);
    }

    [Fact]
    public void EachSampleHasItsOwn()
    {
        float[] memory = new float[8];
        StreamClock.Count(ref memory[4], samples: 1, stride: 4, period: 2, first: 1);
        StreamClock.Count(ref memory[0], samples: 2, stride: 4, period: 2, first: 1);

        Assert.False(StreamClock.Ticks(ref memory[0]));
        Assert.True(StreamClock.Ticks(ref memory[4]));
    }
}
